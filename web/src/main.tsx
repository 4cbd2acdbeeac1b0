import { createRoot } from 'react-dom/client';
import { Application } from './app/application.js';
import { startLanguages } from './i18n/language.js';

await startLanguages();
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with the id root.');
createRoot(root).render(<Application />);
