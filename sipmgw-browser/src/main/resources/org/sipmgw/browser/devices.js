// The devices: lets a page see exactly the camera and the microphone that belong to this call, by their labels.
//
// A function, called by the browser before any script of the page, in every frame and tab. The devices are real ones of the
// kernel, opened by the browser itself; other calls' devices stand beside them and are not shown. CAMERA_LABEL and
// MICROPHONE_LABEL are replaced by the gateway.
() => {
  'use strict';
  const KEY = Symbol.for('org.sipmgw.devices');
  const media = navigator.mediaDevices;
  if (window[KEY] || !media) return; // an insecure context has no camera
  Object.defineProperty(window, KEY, { value: true });

  const LABELS = { videoinput: CAMERA_LABEL, audioinput: MICROPHONE_LABEL };
  const FIND_TIMEOUT_MS = 10000;
  const FIND_POLL_MS = 200;

  const DEVICES = MediaDevices.prototype;
  const nativeEnumerate = DEVICES.enumerateDevices;
  const nativeUserMedia = DEVICES.getUserMedia;

  function replace(prototype, name, value) {
    if (typeof prototype[name] !== 'function') return;
    Object.defineProperty(prototype, name, { configurable: true, enumerable: true, writable: true, value });
  }

  // Sound has one sink, and a page may choose it freely. Without the right to use a device its label is empty: then at
  // most one of a kind is shown, as the specification has it.
  async function mine() {
    const seen = new Set();
    return (await nativeEnumerate.call(media)).filter((device) => {
      const label = LABELS[device.kind];
      if (label === undefined || device.label === label) return true;
      if (device.label !== '' || seen.has(device.kind)) return false;
      seen.add(device.kind);
      return true;
    });
  }

  // A camera whose picture has only just begun appears a moment later.
  async function find(kind) {
    const end = Date.now() + FIND_TIMEOUT_MS;
    for (;;) {
      const all = await nativeEnumerate.call(media);
      const found = all.find((device) => device.kind === kind && device.label === LABELS[kind]);
      if (found) return found.deviceId;
      if (Date.now() > end) throw new DOMException('Requested device not found', 'NotFoundError');
      await new Promise((resolve) => setTimeout(resolve, FIND_POLL_MS));
    }
  }

  // Sizes and rates that are demanded are wishes: the room's camera sends what it sends.
  function wished(value) {
    if (value === null || typeof value !== 'object') return value;
    const ideal = value.ideal ?? value.exact ?? value.max ?? value.min;
    return ideal === undefined ? undefined : { ideal };
  }

  function constrained(asked, deviceId, fixed) {
    const wishes = {};
    for (const [name, value] of Object.entries(asked === true ? {} : asked)) {
      if (!['deviceId', 'groupId', 'facingMode', 'advanced'].includes(name)) wishes[name] = wished(value);
    }
    return { ...wishes, ...fixed, deviceId: { exact: deviceId } };
  }

  // The room system cancels its echo and sets its level itself.
  const PLAIN_SOUND = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

  async function userMedia(constraints) {
    const { audio, video } = constraints || {};
    if (!audio && !video) throw new TypeError('At least one of audio and video must be requested');
    const own = {};
    if (audio) own.audio = constrained(audio, await find('audioinput'), PLAIN_SOUND);
    if (video) own.video = constrained(video, await find('videoinput'), {});
    return nativeUserMedia.call(media, own);
  }

  replace(DEVICES, 'enumerateDevices', function enumerateDevices() { return mine(); });
  replace(DEVICES, 'getUserMedia', function getUserMedia(constraints) { return userMedia(constraints); });
  for (const name of ['getUserMedia', 'webkitGetUserMedia']) { // the old form with callbacks
    replace(Navigator.prototype, name, function oldGetUserMedia(constraints, success, failure) {
      userMedia(constraints).then(success, failure);
    });
  }
  // Nobody sits before this screen to choose what to share.
  replace(DEVICES, 'getDisplayMedia', function getDisplayMedia() {
    return Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
  });
}
