// Which variables an expression reads, and at the same time whether it can be read at all.

import { SyntaxError as FeelSyntaxError, evaluate, parseExpression, parseUnaryTests } from 'feelin';

type Context = Record<string, unknown>;
type Tree = ReturnType<typeof parseExpression>;
type Node = Tree['topNode'];

// Nodes that give names of their own to what stands inside of them, and the nodes that hold those names.
const BINDERS = new Set(['ForExpression', 'QuantifiedExpression', 'FunctionDefinition', 'Context']);
const BOUND = { InExpression: 'Name', FormalParameter: 'ParameterName', ContextEntry: 'Key' } as Record<string, string>;

/** Names of the variables; what a filter finds in its items counts too, since only the data can tell it apart. */
export function namesRead(expression: string, context: Context, isTest: boolean): string[] {
  const tree = isTest ? parseUnaryTests(expression, context, undefined) : parseExpression(expression, context, undefined);
  refuseErrors(tree, expression);
  const found = new Set<string>();
  collect(tree.topNode, new Set(['item', 'partial', '?']), { expression, found });
  return [...found].filter((name) => !isBuiltin(name)).sort();
}

function refuseErrors(tree: Tree, expression: string): void {
  tree.iterate({
    enter({ type, from, to }) {
      if (type.isError) throw new FeelSyntaxError('unreadable', { input: expression.slice(from, to), position: { from, to } });
    },
  });
}

function collect(node: Node, bound: Set<string>, out: { expression: string; found: Set<string> }): void {
  if (node.name === 'VariableName') {
    const name = textOf(node, out.expression);
    if (!bound.has(name)) out.found.add(name);
    return;
  }
  const inner = BINDERS.has(node.name) ? new Set([...bound, ...namesGiven(node, out.expression)]) : bound;
  for (let child = node.firstChild; child; child = child.nextSibling) collect(child, inner, out);
}

function namesGiven(binder: Node, expression: string): string[] {
  const names: string[] = [];
  const cursor = binder.cursor();
  do {
    const holder = BOUND[cursor.name];
    const name = holder && cursor.node.getChild(holder);
    if (name) names.push(textOf(name, expression).replace(/^"|"$/g, ''));
  } while (cursor.next() && cursor.from < binder.to);
  return names;
}

function textOf({ from, to }: Node, expression: string): string {
  return expression.slice(from, to).replace(/\s+/g, ' ').replace(/`/g, '');
}

function isBuiltin(name: string): boolean {
  return evaluate(name, {}).warnings.length === 0;
}
