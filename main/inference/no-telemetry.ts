/**
 * Imported before onnxruntime wherever that is loaded: its official builds for Linux and macOS report models and sessions to Microsoft and
 * leave a device id in the user's cache unless this variable stands before they are loaded (onnxruntime 1.29, docs/Privacy.md).
 */
export const NO_TELEMETRY = { ORT_DISABLE_TELEMETRY: '1' } as const;

Object.assign(process.env, NO_TELEMETRY);
