// Body of a function: turns the demo page into what a meeting room wants to see: one remote picture fills the window,
// more share it evenly, none shows a line of text. The page's own elements stay where they are, so that it goes on
// working; only CSS changes what is seen. Its buttons stay under the mouse, invisible, so that they can be clicked.
const root = document.documentElement;
const videos = document.getElementById('videos');
if (!videos || root.hasAttribute('data-conference-view')) return false;
root.setAttribute('data-conference-view', '');

if (!window.conferenceView) {
  const sheet = new CSSStyleSheet(); // a constructed sheet is not an inline style: no policy forbids it
  sheet.replaceSync(`
    [data-conference-view] body { overflow: hidden; }
    [data-conference-view] :is(.navbar, .page-header, hr, .footer, .panel-heading, .blockUI, #toast-container,
      #videojoin, #videolocal video, #videolocal .no-video-container, .spinner) { display: none !important; }
    [data-conference-view] #videos {
      position: fixed; inset: 0; z-index: 500; width: auto; margin: 0; padding: 0; cursor: none;
      display: grid !important; grid-auto-rows: minmax(0, 1fr);
      grid-template-columns: repeat(var(--columns, 1), minmax(0, 1fr));
      background: #101820; color: #dfe7ee; font: 4vh "DejaVu Sans", sans-serif;
    }
    [data-conference-view] #videos :is(.row, .col-md-4, .panel, .panel-body) { display: contents; }
    [data-conference-view] #videos :is(.row, .panel, .panel-body)::before,
    [data-conference-view] #videos :is(.row, .panel, .panel-body)::after,
    [data-conference-view] #videos:not([data-remotes="0"])::before,
    [data-conference-view] #videos::after { display: none; } /* Bootstrap's would take a row of the grid each */
    [data-conference-view] #videos video { width: 100%; height: 100%; max-width: none; object-fit: contain;
      border-radius: 0; margin: 0; }
    [data-conference-view] #videos .panel-body > :not(video, audio, button) { display: none !important; }
    [data-conference-view] #videolocal button { position: fixed !important; z-index: 501; opacity: 0; }
    [data-conference-view] #videos[data-remotes="0"]::before {
      content: "Nobody else is here yet"; place-self: center;
    }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const arrange = () => {
    const count = videos.querySelectorAll('.panel-body.relative video').length;
    if (videos.dataset.remotes === String(count)) return;
    videos.dataset.remotes = String(count);
    videos.style.setProperty('--columns', String(Math.max(1, Math.ceil(Math.sqrt(count)))));
  };
  new MutationObserver(arrange).observe(videos, { childList: true, subtree: true });
  arrange();
  window.conferenceView = true;
}
return true;
