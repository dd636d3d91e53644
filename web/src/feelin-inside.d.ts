// What feelin-mends.mjs takes out of feelin beside what feelin offers.

import type { EvalContext, Warning } from 'feelin';

declare module 'feelin' {
  type Root = (context: EvalContext) => unknown;
  type Prepare = (expression: string, context: EvalContext, dialect: string | undefined, notes: InterpreterContext) => { root: Root };

  export class InterpreterContext {
    warnings: Warning[];
  }
  export const interpreter: { evaluate: Prepare; unaryTest: Prepare };
}
