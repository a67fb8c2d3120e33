"use strict";
{
  const viewer = document.getElementById("viewer");
  SwaggerUIBundle({
    domNode: viewer,
    url: new URL(viewer.dataset.document, document.location).href,
    presets: [SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    deepLinking: true,
    queryConfigEnabled: false, // nobody but this file says what is shown
    validatorUrl: null, // the document is sent to nobody
  });
}
