// Lists what reaches beyond the width of the window, or must be scrolled sideways to be read.
const wide = [...document.querySelectorAll('body, body *')].filter(element => element.checkVisibility() && !element.closest('thead, dialog:not([open])')
  && (element.getBoundingClientRect().right > window.innerWidth + 1
    || (element.scrollWidth > element.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(element).overflowX))));
return wide.map(element => element.nodeName + ' ' + element.textContent.slice(0, 40));
