// Body of a function: what the video room page shows now. Facts, not hopes:
//   registered  the server has given us our id in the room
//   published   the server says that our media arrive (it then shows the bitrate menu), and our connection is up
//   lost        we were registered, and our connection has closed or failed
const $ = window.jQuery;
const element = (id) => document.getElementById(id);
const handled = (e) => !!(e && $ && $._data && ($._data(e, 'events') || {}).click);
const shown = (e) => !!(e && e.getClientRects().length);
const own = window.sfutest || null;
const pc = (own && own.webrtcStuff && own.webrtcStuff.pc) || null;
const registered = window.myid !== null && window.myid !== undefined;
const start = element('start');
const register = element('register');
const bitrate = element('bitrate');
const box = document.querySelector('.bootbox .modal-body');
return {
  alert: box ? (box.querySelector('.bootbox-body') || box).textContent.trim().slice(0, 500) : '',
  startable: !!(start && !start.disabled && handled(start) && !own),
  registerable: !!(register && shown(register) && !register.disabled && handled(register) && !registered),
  registered,
  published: !!(pc && pc.connectionState === 'connected' && bitrate
    && !bitrate.parentElement.parentElement.classList.contains('hide')),
  lost: registered && (!pc || ['closed', 'failed'].includes(pc.connectionState)) && !!element('publish')
    && !element('publish').disabled,
  muted: !!(pc && pc.connectionState === 'connected' && own.isAudioMuted()),
  viewed: document.documentElement.hasAttribute('data-conference-view'),
  others: registered ? (window.feeds || []).filter((feed) => feed).length : -1,
};
