// Lint rules of this project that oxlint does not have. Loaded by .oxlintrc.json.

const noClock = {
  create(context) {
    const report = (node) => context.report({ node, message: 'Reads the clock; the time comes in by parameter.' });
    return {
      NewExpression(node) {
        if (isDate(node.callee) && node.arguments.length === 0) report(node);
      },
      CallExpression(node) {
        if (isDate(node.callee)) report(node);
      },
    };
  },
};

function isDate(callee) {
  return callee.type === 'Identifier' && callee.name === 'Date';
}

export default { meta: { name: 'determinism' }, rules: { 'no-clock': noClock } };
