import ts from 'typescript';

/** What each operator is mistaken for. */
const SWAPS = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
};
const METHODS = {
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  startsWith: 'endsWith',
  floor: 'ceil',
  ceil: 'floor',
};
/** Calls whose removal leaves the list as it was. */
const PASSING = new Set(['filter', 'sort', 'reverse', 'slice', 'trim']);

/**
 * The text of a TypeScript file with every fault compiled in as `mutantIsOn(id) ? fault : original`; `mutants` takes
 * them, numbered on. Types are left alone.
 */
export function mutate(text, file, mutants) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const raw = (node) => text.slice(node.getStart(source), node.end);

  function add(node, is) {
    const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
    const id = mutants.length;
    const short = (what) => what.replace(/\s+/g, ' ').slice(0, 70);
    const builtOnce = !ts.findAncestor(node, ts.isFunctionLike);
    mutants.push({
      id,
      file,
      line: line + 1,
      column: character + 1,
      was: short(raw(node)),
      is: short(is),
      builtOnce,
    });
    return id;
  }

  /** Text of a node with the faults of everything in it. */
  function inside(node) {
    let result = '';
    let at = node.getStart(source);
    ts.forEachChild(node, (child) => {
      const start = child.getStart(source);
      if (start < at) return;
      result += text.slice(at, start) + visit(child);
      at = child.end;
    });
    return result + text.slice(at, node.end);
  }

  function visit(node) {
    if (skipped(node)) return raw(node);
    if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression))
      return `{ if (!mutantIsOn(${add(node, 'removed')})) ${inside(node)} }`;
    const faults = faultsOf(node, raw);
    if (faults.length === 0) return inside(node);
    const switches = faults.map((fault) => `mutantIsOn(${add(node, fault)}) ? (${fault}) : `);
    return `(${switches.join('')}(${inside(node)}))`;
  }

  return (
    text.slice(0, source.getFullStart()) +
    source.statements.reduce(
      ([done, at], statement) => {
        const start = statement.getStart(source);
        return [done + text.slice(at, start) + visit(statement), statement.end];
      },
      ['', 0],
    )[0]
  );
}

function skipped(node) {
  return (
    ts.isTypeNode(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isTypeParameterDeclaration(node)
  );
}

/** A link of an optional chain cannot be wrapped without breaking the chain. */
function inChain(node) {
  return node.flags & ts.NodeFlags.OptionalChain;
}

function faultsOf(node, raw) {
  if (!isExpression(node) || inChain(node)) return [];
  const faults = [];
  if (isCondition(node)) faults.push('true', 'false');
  if (isAnswer(node)) faults.push('undefined');
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.getText();
    for (const other of SWAPS[operator] ?? [])
      faults.push(`(${raw(node.left)}) ${other} (${raw(node.right)})`);
  } else if (ts.isPrefixUnaryExpression(node)) faults.push(raw(node.operand));
  else if (node.kind === ts.SyntaxKind.TrueKeyword) faults.push('false');
  else if (node.kind === ts.SyntaxKind.FalseKeyword) faults.push('true');
  else if (ts.isNumericLiteral(node)) faults.push(`${node.text} + 1`, `${node.text} - 1`);
  else if (ts.isStringLiteral(node)) faults.push(node.text === '' ? "'mutant'" : "''");
  else if (ts.isTemplateExpression(node)) faults.push("''");
  else if (ts.isArrayLiteralExpression(node) && node.elements.length > 0) faults.push('[]');
  else if (ts.isRegularExpressionLiteral(node)) {
    const anchors = [node.text.replace(/^\/\^/, '/'), node.text.replace(/\$(\/\w*)$/, '$1')];
    faults.push(...anchors.filter((other) => other !== node.text));
  } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { expression: on, name } = node.expression;
    if (Object.hasOwn(METHODS, name.text))
      faults.push(`(${raw(on)}).${METHODS[name.text]}(${node.arguments.map(raw).join(', ')})`);
    if (PASSING.has(name.text)) faults.push(raw(on));
  }
  // `true` for a condition that is the literal itself, or twice the same fault, would be counted twice.
  return [...new Set(faults)].filter((fault) => fault !== raw(node));
}

function isExpression(node) {
  const { parent } = node;
  if (!ts.isExpression(node) || ts.isOmittedExpression?.(node) || ts.isSpreadElement(node)) return false;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
  if (ts.isPropertySignature?.(parent) || (ts.isBindingElement(parent) && parent.initializer !== node))
    return false;
  if (
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  )
    return false;
  return true;
}

function isCondition(node) {
  const { parent } = node;
  return (
    (ts.isIfStatement(parent) && parent.expression === node) ||
    (ts.isConditionalExpression(parent) && parent.condition === node)
  );
}

function isAnswer(node) {
  const { parent } = node;
  return (
    (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node)) &&
    node.kind !== ts.SyntaxKind.NullKeyword
  );
}
