// Runs in a page under test, as a script: what is cut off there, which controls it has, where the focus stands, and
// whether that shows. `in-page.ts` puts it there and asks it.
globalThis.inPage = (() => {
  const CONTROLS =
    'a[href], button, input, select, textarea, summary, [role=button], [role=checkbox], [role=combobox], [role=tab]';
  const LOOKS = [
    'outlineStyle',
    'outlineWidth',
    'outlineColor',
    'boxShadow',
    'borderTopColor',
    'borderBottomColor',
    'backgroundColor',
    'left',
  ];
  /** The arrow keys do the same in the field itself. */
  const ARROWS_OF_NUMBERS = '.ant-input-number [role=button]';
  /** A component shows focus on a box around its input, or on one beside it. */
  const BOXES_AROUND = 4;
  /** Styles may come by and by. */
  const FRAMES_OF_A_TRANSITION = 120;

  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });
  const nameOf = (element) =>
    [element.tagName.toLowerCase(), element.getAttribute('aria-label') ?? element.innerText ?? element.name]
      .join(' ')
      .trim()
      .slice(0, 60);

  function lookOf(element) {
    const boxes = [element, element.nextElementSibling];
    for (let around = element.parentElement; around !== null && boxes.length < BOXES_AROUND + 2;) {
      boxes.push(around);
      around = around.parentElement;
    }
    return boxes
      .filter((box) => box !== null)
      .flatMap((box) => [undefined, '::after'].map((part) => getComputedStyle(box, part)))
      .map((style) => LOOKS.map((name) => style[name]).join())
      .join();
  }

  let controls = [];
  let idle = new Map();
  let reached = new Set();

  return {
    /** Notes which controls there are, and how they look while none has the focus. */
    begin() {
      document.activeElement?.blur();
      controls = [...document.querySelectorAll(CONTROLS)].filter(
        (element) =>
          isSeen(element) &&
          !element.disabled &&
          !element.matches(ARROWS_OF_NUMBERS) &&
          element.closest('[aria-hidden=true], [inert]') === null,
      );
      idle = new Map(controls.map((element) => [element, lookOf(element)]));
      reached = new Set();
    },

    /** Where the focus stands; null: outside the page. */
    async standing() {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      reached.add(element);
      const before = idle.get(element);
      let shows = before === undefined;
      for (let frame = 0; !shows && frame < FRAMES_OF_A_TRANSITION; frame += 1) {
        shows = lookOf(element) !== before;
        if (!shows) await new Promise(requestAnimationFrame);
      }
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return {
        name: nameOf(element),
        isFirst: element === controls[0],
        isInMain: element.closest('main') !== null,
        shows,
        isInView: right > 0 && bottom > 0 && left < innerWidth && top < innerHeight,
      };
    },

    /** Controls not reached; of radio buttons of one name one is, and the arrows lead to the others. */
    missed: () =>
      controls
        .filter(
          (element) =>
            !reached.has(element) &&
            !(
              element.type === 'radio' && [...reached].some((one) => one.type === 'radio' && one.name === element.name)
            ),
        )
        .map(nameOf),

    /** What looks as if it could be pressed, and is no control, nor in one, nor around one. */
    forTheMouseAlone: () =>
      [...document.querySelectorAll('main *')]
        .filter(
          (element) =>
            isSeen(element) &&
            getComputedStyle(element).cursor === 'pointer' &&
            element.closest(`${CONTROLS}, label`) === null &&
            element.querySelector(CONTROLS) === null &&
            element.closest('.ant-select') === null,
        )
        .map(nameOf),

    /** Texts that leave the box that they are in, and boxes that hide a part of what they hold. */
    cut() {
      const root = document.documentElement;
      const page = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} wide`] : [];
      const hidden = [...document.querySelectorAll('main *')]
        .filter(
          (element) =>
            isSeen(element) &&
            getComputedStyle(element).overflowX !== 'visible' &&
            element.scrollWidth > element.clientWidth + 1,
        )
        .map(nameOf);
      const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
      const outside = [];
      while (texts.nextNode() !== null) {
        const text = texts.currentNode;
        const box = text.parentElement.closest('td, th, .ant-card, main');
        if (text.data.trim() === '' || !isSeen(text.parentElement)) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        if (range.getBoundingClientRect().right > box.getBoundingClientRect().right + 1) outside.push(text.data);
      }
      return [...page, ...hidden, ...outside];
    },
  };
})();
