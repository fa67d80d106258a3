// Imported before ONNX Runtime: tests run it with the environment that the supervisor gives the engine.
process.env['ORT_DISABLE_TELEMETRY'] = '1';
process.env['ORT_GQA_DISABLE_FLASH_ATTENTION'] = '1';
