import { closeSync, copyFileSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { bertGraph } from './bert-graph.mjs';
import { readSafetensors } from './safetensors.mjs';

/** The weights package has no tokenizer_config.json, and without one transformers.js finds no tokenizer. */
const TOKENIZER_CONFIG = {
  tokenizer_class: 'BertTokenizer',
  do_lower_case: true,
  model_max_length: 256,
  unk_token: '[UNK]',
  sep_token: '[SEP]',
  pad_token: '[PAD]',
  cls_token: '[CLS]',
  mask_token: '[MASK]',
  clean_up_tokenization_spaces: true,
  tokenize_chinese_chars: true,
  strip_accents: null,
};

/**
 * Writes the four files of the model into a folder, from the files of the weights package. The same weights always give
 * the same bytes.
 *
 * @param {string} source the folder with config.json, tokenizer.json and model.fp16.safetensors
 * @param {string} target an existing folder
 */
export function writeModel(source, target) {
  mkdirSync(join(target, 'onnx'), { recursive: true });
  copyFileSync(join(source, 'config.json'), join(target, 'config.json'));
  copyFileSync(join(source, 'tokenizer.json'), join(target, 'tokenizer.json'));
  writeFileSync(join(target, 'tokenizer_config.json'), `${JSON.stringify(TOKENIZER_CONFIG, null, 2)}\n`);
  const config = JSON.parse(readFileSync(join(source, 'config.json'), 'utf8'));
  const graph = bertGraph(readSafetensors(join(source, 'model.fp16.safetensors')), config);
  writeChunks(join(target, 'onnx', 'model.onnx'), graph.toModel('portolan').chunks);
}

function writeChunks(file, chunks) {
  const handle = openSync(file, 'w');
  try {
    for (const chunk of chunks) {
      for (let written = 0; written < chunk.length;) written += writeSync(handle, chunk, written);
    }
  } finally {
    closeSync(handle);
  }
}
