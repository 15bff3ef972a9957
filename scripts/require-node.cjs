// Loaded with --require before any other script, so that an old Node ends with a sentence and not with a syntax error.
// Kept to ES5 for that reason.
'use strict';
var minimum = [20, 19];
var have = process.versions.node.split('.').map(Number);
if (have[0] < minimum[0] || (have[0] === minimum[0] && have[1] < minimum[1])) {
  process.stderr.write(
    'Portolan needs Node.js ' +
      minimum.join('.') +
      ' or newer; this is ' +
      process.version +
      ' (' +
      process.execPath +
      ').\n' +
      'Install a newer Node.js (22 LTS or 24 LTS will do) and run the same command again.\n',
  );
  process.exit(1);
}
