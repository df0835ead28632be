// The bridge: makes the room's picture and sound the page's camera and microphone.
//
// A function, called by the browser before any script of the page, in every frame and tab, with `send`: the channel to
// the gateway, which the page's own scripts cannot reach. The first getUserMedia of a frame opens one receive-only
// RTCPeerConnection to the gateway; every getUserMedia hands out clones of what it receives. Nothing is evaluated from
// strings and no element is made, so a strict Content-Security-Policy or Trusted Types do not matter.
(send) => {
  'use strict';
  const KEY = Symbol.for('org.sipmgw.bridge');
  const media = navigator.mediaDevices;
  if (window[KEY] || !media || !window.RTCPeerConnection) return; // an insecure context has no camera to replace

  // Kept before the page can wrap them.
  const PeerConnection = window.RTCPeerConnection;
  const define = Object.defineProperty;
  const ANSWER_TIMEOUT_MS = 10000;
  const REPEAT_MS = 1500;
  const GATHERING_TIMEOUT_MS = 1000;
  const START_BITRATE_KBPS = 2500; // what Chromium itself allows a picture of 1280x720

  const CAMERA = { kind: 'videoinput', deviceId: 'room-camera', label: 'Room camera' };
  const MICROPHONE = { kind: 'audioinput', deviceId: 'room-microphone', label: 'Room microphone' };
  const SPEAKER = { kind: 'audiooutput', deviceId: 'default', label: 'Room speaker' };
  const GROUP = 'room-system';

  // ---- the connection to the gateway ------------------------------------------------------------------------------

  let connection = null; // {pc, tracks: Promise of {audio, video}, answered: function} or null before the first use
  let offers = Math.floor(Math.random() * 2 ** 40); // no other document of this frame has had the same

  function connect(renewal) {
    const pc = new PeerConnection({ bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' });
    const id = ++offers;
    const received = {};
    pc.ontrack = (event) => {
      received[event.track.kind] = event.track;
      try { // jitter is small on loopback, and the room's picture should not wait
        event.receiver.jitterBufferTarget = 0;
      } catch (e) { /* an older browser decides itself */ }
    };
    const link = { id, pc, tracks: null, answered: null, connected: false };
    const answer = new Promise((resolve, reject) => {
      link.answered = (sdp, error) => (error ? reject(notReadable(error)) : resolve(sdp));
      setTimeout(() => reject(notReadable('the gateway did not answer')), ANSWER_TIMEOUT_MS);
    });
    answer.catch(() => {}); // whoever waits for the tracks hears of it
    link.tracks = (async () => {
      pc.addTransceiver('audio', { direction: 'recvonly' });
      pc.addTransceiver('video', { direction: 'recvonly' });
      await pc.setLocalDescription(await pc.createOffer());
      await gathered(pc);
      const offer = JSON.stringify({ type: 'offer', id, renewal, sdp: pc.localDescription.sdp });
      send(offer);
      // a message can be lost on its way through the driver; the gateway answers a repeated offer as it did before
      const repeat = setInterval(() => send(offer), REPEAT_MS);
      answer.finally(() => clearInterval(repeat)).catch(() => {});
      await nativeSetRemoteDescription.call(pc, { type: 'answer', sdp: await answer });
      return received;
    })();
    link.tracks.catch(() => drop(link));
    pc.onconnectionstatechange = () => {
      send(JSON.stringify({ type: 'connection', id, state: pc.connectionState }));
      if (pc.connectionState === 'connected') link.connected = true;
      if (pc.connectionState === 'failed') (link.connected ? replug : drop)(link);
    };
    return link;
  }

  // All candidates go into the offer: they are local, so this takes no time.
  function gathered(pc) {
    return new Promise((resolve) => {
      const done = () => { if (pc.iceGatheringState === 'complete') resolve(); };
      pc.addEventListener('icegatheringstatechange', done);
      setTimeout(resolve, GATHERING_TIMEOUT_MS);
      done();
    });
  }

  function drop(link) {
    link.pc.close(); // ends the tracks, as pulling the cable of a camera does
    if (connection === link) connection = null;
  }

  // A lost connection is a camera pulled out and put in again: the tracks end, one new offer is made, and the page is
  // told that its devices have changed, so that a page that can do so asks again.
  function replug(link) {
    if (connection !== link) return;
    drop(link);
    connection = connect(true);
    connection.tracks.then(() => media.dispatchEvent(new Event('devicechange')), () => {});
  }

  // How the gateway hands the answer in; a symbol, not enumerable, so that pages do not trip over it.
  define(window, KEY, {
    value: Object.freeze({
      answer(id, sdp, error) {
        if (connection && connection.id === id) connection.answered(sdp, error);
      },
    }),
  });

  // ---- how the page's own connections begin -----------------------------------------------------------------------

  // Chromium begins every connection at 300 kb/s and shrinks the picture to what fits: a 720p camera is seen at 320x180
  // until the estimate has grown, which takes 15 s. What the conference answers is read as if it had asked for a higher
  // start; the estimate, and the conference's own limits, still rule from then on.
  const VIDEO_CODEC = /^a=rtpmap:(\d+) (?:H264|VP8|VP9|AV1|H265)\//i;

  function beginsHigher(section) {
    if (!section.startsWith('m=video')) return section;
    const lines = section.split('\r\n');
    for (const [, type] of lines.map((line) => line.match(VIDEO_CODEC)).filter(Boolean)) {
      const format = lines.findIndex((line) => line.startsWith(`a=fmtp:${type} `));
      if (format < 0) {
        const map = lines.findIndex((line) => line.startsWith(`a=rtpmap:${type} `));
        lines.splice(map + 1, 0, `a=fmtp:${type} x-google-start-bitrate=${START_BITRATE_KBPS}`);
      } else if (!lines[format].includes('x-google-start-bitrate')) {
        lines[format] += `;x-google-start-bitrate=${START_BITRATE_KBPS}`;
      }
    }
    return lines.join('\r\n');
  }

  const nativeSetRemoteDescription = PeerConnection.prototype.setRemoteDescription;
  replace(PeerConnection.prototype, 'setRemoteDescription', (native) => function setRemoteDescription(description, ...rest) {
    if (!description || !description.sdp) return native.call(this, description, ...rest);
    const sdp = description.sdp.split(/(?<=\r\n)(?=m=)/).map(beginsHigher).join('');
    return native.call(this, { type: description.type, sdp }, ...rest);
  });

  // ---- tracks that look like those of devices ---------------------------------------------------------------------

  const ours = new WeakMap(); // track -> {device, constraints}

  function adopt(track, device, constraints) {
    ours.set(track, { device, constraints: constraints === true ? {} : constraints });
    return track;
  }

  function settings(track, native) {
    const mine = ours.get(track);
    const real = native.call(track);
    if (!mine) return real;
    const common = { ...real, deviceId: mine.device.deviceId, groupId: GROUP };
    if (mine.device === MICROPHONE) {
      return { sampleRate: 48000, sampleSize: 16, channelCount: 1, ...common,
        echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    }
    const width = real.width || 1280, height = real.height || 720; // before the first frame the real ones are missing
    return { ...common, width, height, aspectRatio: width / height, frameRate: real.frameRate || 30, resizeMode: 'none' };
  }

  function capabilities(device) {
    const common = { deviceId: device.deviceId, groupId: GROUP };
    return device === MICROPHONE
      ? { ...common, sampleRate: { min: 48000, max: 48000 }, sampleSize: { min: 16, max: 16 },
        channelCount: { min: 1, max: 2 }, echoCancellation: [false], noiseSuppression: [false], autoGainControl: [false] }
      : { ...common, width: { min: 1, max: 1920 }, height: { min: 1, max: 1080 }, frameRate: { min: 1, max: 60 },
        aspectRatio: { min: 0.1, max: 10 }, facingMode: [], resizeMode: ['none'] };
  }

  function replace(prototype, name, make) {
    const native = prototype[name];
    if (typeof native !== 'function') return;
    define(prototype, name, { configurable: true, enumerable: true, writable: true, value: make(native) });
  }

  const TRACK = MediaStreamTrack.prototype;
  replace(TRACK, 'getSettings', (native) => function getSettings() { return settings(this, native); });
  replace(TRACK, 'getCapabilities', (native) => function getCapabilities() {
    return ours.has(this) ? capabilities(ours.get(this).device) : native.call(this);
  });
  replace(TRACK, 'getConstraints', (native) => function getConstraints() {
    return ours.has(this) ? { ...ours.get(this).constraints } : native.call(this);
  });
  replace(TRACK, 'applyConstraints', (native) => function applyConstraints(constraints) {
    if (!ours.has(this)) return native.call(this, constraints);
    ours.get(this).constraints = constraints || {}; // the room's camera sends what it sends
    return Promise.resolve();
  });
  replace(TRACK, 'clone', (native) => function clone() {
    const mine = ours.get(this);
    return mine ? adopt(native.call(this), mine.device, mine.constraints) : native.call(this);
  });
  const nativeLabel = Object.getOwnPropertyDescriptor(TRACK, 'label').get;
  define(TRACK, 'label', {
    configurable: true,
    enumerable: true,
    get() { return ours.has(this) ? ours.get(this).device.label : nativeLabel.call(this); },
  });
  replace(MediaStream.prototype, 'clone', (native) => function clone() {
    return this.getTracks().some((track) => ours.has(track))
      ? new MediaStream(this.getTracks().map((track) => track.clone()))
      : native.call(this);
  });

  // ---- mediaDevices -----------------------------------------------------------------------------------------------

  function notReadable(message) { return new DOMException(message, 'NotReadableError'); }

  function take(tracks, kind, device, constraints) {
    const track = tracks[kind];
    if (!track) throw new DOMException('the room sends no ' + kind, 'NotFoundError');
    return adopt(track.clone(), device, constraints);
  }

  // Sizes, rates and device ids that are asked for are not refused: there is one camera, and it sends what it sends.
  async function userMedia(constraints) {
    const { audio, video } = constraints || {};
    if (!audio && !video) throw new TypeError('At least one of audio and video must be requested');
    if (!connection) connection = connect(false);
    const tracks = await connection.tracks;
    const stream = new MediaStream();
    if (audio) stream.addTrack(take(tracks, 'audio', MICROPHONE, audio));
    if (video) stream.addTrack(take(tracks, 'video', CAMERA, video));
    return stream;
  }

  function deviceInfo(device) {
    const type = device.kind === 'audiooutput' || !window.InputDeviceInfo ? MediaDeviceInfo : InputDeviceInfo;
    const info = Object.create(type.prototype);
    const fields = { deviceId: device.deviceId, kind: device.kind, label: device.label, groupId: GROUP };
    for (const name of Object.keys(fields)) define(info, name, { value: fields[name], enumerable: true });
    define(info, 'toJSON', { value: () => ({ ...fields }) });
    if (type !== MediaDeviceInfo) define(info, 'getCapabilities', { value: () => capabilities(device) });
    return info;
  }

  const DEVICES = MediaDevices.prototype;
  replace(DEVICES, 'getUserMedia', () => function getUserMedia(constraints) { return userMedia(constraints); });
  replace(DEVICES, 'enumerateDevices', () => function enumerateDevices() {
    return Promise.resolve([MICROPHONE, CAMERA, SPEAKER].map(deviceInfo));
  });
  // Nobody sits before this screen to choose what to share.
  replace(DEVICES, 'getDisplayMedia', () => function getDisplayMedia() {
    return Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
  });
  for (const name of ['getUserMedia', 'webkitGetUserMedia']) { // the old form with callbacks
    replace(Navigator.prototype, name, () => function oldGetUserMedia(constraints, success, failure) {
      userMedia(constraints).then(success, failure);
    });
  }
}
