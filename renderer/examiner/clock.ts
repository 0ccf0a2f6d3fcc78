/** Moments and lengths of film and sound, as an examiner reads them. */

/** `1:02:03.456` or `2:03.456`; tenths are too coarse to tell two frames apart. Seconds of the presentation. */
export function clock(seconds: number, digits = 1): string {
  const sign = seconds < 0 ? '-' : '';
  const scale = 10 ** digits;
  const units = Math.round(Math.abs(seconds) * scale);
  const whole = Math.floor(units / scale);
  const part = digits === 0 ? '' : `.${String(units % scale).padStart(digits, '0')}`;
  const minutes = Math.floor(whole / 60);
  const rest = String(whole % 60).padStart(2, '0');
  const hours = Math.floor(minutes / 60);
  return hours > 0
    ? `${sign}${hours}:${String(minutes % 60).padStart(2, '0')}:${rest}${part}`
    : `${sign}${minutes}:${rest}${part}`;
}
