import { createRoot } from 'react-dom/client';
import { Application } from './app/application.js';
import { handBackSignIn } from './app/provider-sign-in.js';
import { startLanguages } from './i18n/language.js';

if (!(await handBackSignIn())) {
  await startLanguages();
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no element with the id root.');
  createRoot(root).render(<Application />);
}
