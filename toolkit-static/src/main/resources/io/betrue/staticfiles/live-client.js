// Reloads the page, or only its style sheets, when files on the server have changed.
(function () {
  'use strict';
  var events = document.currentScript.src.replace(/\/client\.js([?#].*)?$/, '');
  var last = '';
  var source = null;

  function connect() {
    if (source || document.hidden) return;
    source = new EventSource(events + (last ? '?last=' + encodeURIComponent(last) : ''));
    source.addEventListener('version', function (event) {
      last = event.lastEventId;
    });
    source.addEventListener('reload', function (event) {
      last = event.lastEventId;
      change(JSON.parse(event.data));
    });
    source.onerror = function () {
      if (source && source.readyState === EventSource.CLOSED) {
        disconnect();
        setTimeout(connect, 2000);
      }
    };
  }

  // A hidden page lets go: browsers allow six HTTP/1.1 connections to a host, over all tabs.
  function disconnect() {
    if (source) source.close();
    source = null;
  }

  function change(files) {
    var paths = files.added.concat(files.changed, files.removed);
    var styles = paths.every(function (path) {
      return /\.css$/.test(path);
    });
    if (!files.complete || !styles || !swap(files.changed)) location.reload();
  }

  // Swaps style sheets without a flash: the old one goes when the new one is there.
  function swap(changed) {
    var links = Array.prototype.filter.call(document.querySelectorAll('link[rel~="stylesheet"][href]'), function (link) {
      return changed.indexOf(path(link)) >= 0;
    });
    var known = changed.every(function (name) {
      return links.some(function (link) {
        return path(link) === name;
      });
    });
    if (known) links.forEach(renew);
    return known;
  }

  function path(link) {
    var url = new URL(link.href);
    try {
      return url.host === location.host ? decodeURIComponent(url.pathname) : '';
    } catch (e) {
      return '';
    }
  }

  function renew(old) {
    var url = new URL(old.href);
    var fresh = old.cloneNode();
    url.searchParams.set('live', last);
    fresh.href = url.href;
    fresh.onload = fresh.onerror = function () {
      old.remove();
    };
    old.after(fresh);
  }

  document.addEventListener('visibilitychange', function () {
    if (document.hidden) disconnect();
    else connect();
  });
  addEventListener('pagehide', disconnect);
  addEventListener('pageshow', connect);
  connect();
})();
