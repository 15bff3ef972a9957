import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bertGraph } from './bert-graph.mjs';
import { int8Graph } from './int8-graph.mjs';
import ranges from './int8-ranges.json' with { type: 'json' };
import { readSafetensors } from './safetensors.mjs';
import { writeChunks } from './write-chunks.mjs';

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
 * Writes the files of the model into a folder, from the files of the weights package. The same weights always give
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
  const tensors = readSafetensors(join(source, 'model.fp16.safetensors'));
  writeChunks(join(target, 'onnx', 'model.onnx'), bertGraph(tensors, config).toModel('portolan').chunks);
  writeChunks(
    join(target, 'onnx', 'model_static_int8.onnx'),
    int8Graph(tensors, config, ranges).toModel('portolan').chunks,
  );
}
