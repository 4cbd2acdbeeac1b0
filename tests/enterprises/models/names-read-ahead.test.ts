import { nameTerms } from '../../../subgraphs/enterprises/src/domain/search/name-terms.js';
import { nameFields, NamesReadAhead } from '../../../subgraphs/enterprises/src/models/enterprise-search.js';

it('an enterprise is found by the same, whether its name was read ahead or not, and whatever else was', () => {
  const ahead = new NamesReadAhead();
  const names = Array.from({ length: 2_500 }, (_none, number) => `咸宁重单${String(number)}号有限公司`);
  for (let at = 0; at < names.length; at += 20) ahead.read(names.slice(at, at + 20));
  for (const name of ['咸宁重单2499号有限公司', '咸宁重单0号有限公司', '赤壁新名有限公司']) {
    const searched = { uscc: '91421202MA0030013A', name, shortName: '重单', formerNames: ['旧名公司'] };
    const plain = nameFields(searched);
    // The second time nothing is kept of it any more.
    for (let time = 0; time < 2; time += 1) expect(nameFields(searched, ahead.take)).toEqual(plain);
  }
});

it('each run of neighbours is a term in each way that its characters are read', () => {
  const { pairs, sounds, sound } = nameTerms('重庆a');
  expect({ pairs, sound }).toEqual({ pairs: ['重庆', '庆a'], sound: '重chong,zhong|庆qing|aa|' });
  // Initials of two to four neighbours, syllables of one to three.
  expect([...sounds].sort()).toEqual(
    [
      ...['cq', 'zq', 'qa', 'cqa', 'zqa'],
      ...['~chong', '~zhong', '~qing', '~a'],
      ...['~chong~qing', '~zhong~qing', '~qing~a', '~chong~qing~a', '~zhong~qing~a'],
    ].sort(),
  );
});
