"""Export to ONNX, and the synthetic waveform that pins an exported network to torch; check_onnx.mjs computes the same one in double precision."""

import json
import subprocess
from pathlib import Path

import numpy as np
import torch

DESCRIPTION = ('s(0)=1, s(i)=(1664525*s(i-1)+1013904223) mod 2^32, i from 1; sample i-1 at t=(i-1)/16000: '
               '0.1*(0.6+0.4*sin(2*pi*3*t))*(sin(2*pi*150*t)+0.5*sin(2*pi*1200*t)+0.25*sin(2*pi*3300*t))+0.02*(s(i)/2^31-1), as float32, batch 1')


def waveform(samples):
    state, noise = 1, np.zeros(samples)
    for i in range(samples):
        state = (1664525 * state + 1013904223) % 2 ** 32
        noise[i] = state / 2 ** 31 - 1
    t = np.arange(samples) / 16000
    tone = np.sin(2 * np.pi * 150 * t) + 0.5 * np.sin(2 * np.pi * 1200 * t) + 0.25 * np.sin(2 * np.pi * 3300 * t)
    return (0.1 * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * t)) * tone + 0.02 * noise).astype(np.float32)


@torch.no_grad()
def write(net, path, lengths=(16000, 32000, 51200)):
    """Writes parity.json: what `net` (waveform [1, N] to values) gives in torch for the waveform at several lengths."""
    cases = [{'samples': n, 'output': [round(float(v), 7) for v in net(torch.tensor(waveform(n))[None]).flatten()]} for n in lengths]
    path.write_text(json.dumps({'input': DESCRIPTION, 'inputName': 'audio', 'sampleRate': 16000, 'cases': cases, 'tolerance': 1e-4}) + '\n')


def export(net, path, output='score'):
    """Writes a network from waveforms [B, N] to one output as ONNX (opset 13); any number of waves of any length."""
    example = torch.zeros(2, 32000)
    example[:, ::7] = 0.1
    torch.onnx.export(net, (example,), str(path), opset_version=13, input_names=['audio'], output_names=[output],
                      dynamic_axes={'audio': {0: 'batch', 1: 'samples'}, output: {0: 'batch'}})


def checked(net, model, record):
    """Writes `record` (parity.json) and holds the exported `model` to it under onnxruntime-node: worst difference, tolerance and speed on one thread."""
    write(net, record)
    command = ['node', Path(__file__).parent / 'check_onnx.mjs', model, record]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
