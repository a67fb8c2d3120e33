"use strict";
{
  const viewer = document.getElementById("viewer");
  const address = new URL(viewer.dataset.document, document.location).href;
  // the search needs a worker made of text, which default-src 'self' forbids
  // what descriptions have in HTML is cleaned, as Swagger UI does it anyway
  Redoc.init(address, { disableSearch: true, hideLogo: true, untrustedSpec: true }, viewer);
}
