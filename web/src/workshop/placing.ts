// Places what nobody draws with a mouse: what is appended looks for room among all elements, not only among those that it is
// connected with; what is created by keyboard lies beside what is chosen, and its name can be written at once.

import { getNewShapePosition } from 'bpmn-js/lib/features/auto-place/BpmnAutoPlaceUtil';
import { is, type Shape } from './panel/editing';
import { GAP, room, type Box, type Line, type Point } from './room';

type Drawn = Shape & Box & Partial<Line>;
type Bus = { on(event: string, priority: number, action: (context: any) => unknown): void; fire(event: string, context: object): void };
type Create = { start(event: unknown, elements: Drawn, context?: object): unknown };
type Registry = { filter(keep: (one: Drawn) => boolean): Drawn[] };
type Canvas = { getContainer(): HTMLElement; viewbox(): Box; getRootElement(): Drawn; scrollToElement(one: Drawn, padding: number): void };
type Menu = { open(of: unknown, id: string, at: Point, options: object): void };
type Modeling = { createShape(shape: Drawn, at: Point, parent: Drawn): Drawn };

const BEFORE_OTHERS = 3000; // and before the grid
const BESIDE_PALETTE = 110;

class Placing {
  static $inject = ['eventBus', 'create', 'elementRegistry', 'selection', 'canvas', 'modeling', 'popupMenu'];
  private isByKey = false;

  constructor(private readonly bus: Bus, create: Create, private readonly registry: Registry, private readonly selection: { get(): Drawn[] }, private readonly canvas: Canvas, private readonly modeling: Modeling, menu: Menu) {
    bus.on('autoPlace', BEFORE_OTHERS, ({ source, shape }: { source: Drawn; shape: Drawn }) => this.beside(source, shape));
    bus.on('popupMenu.trigger', BEFORE_OTHERS, ({ event }: { event: Event }) => {
      this.isByKey = event instanceof KeyboardEvent;
      queueMicrotask(() => { this.isByKey = false; }); // what it triggers is done by then
    });
    const open = menu.open.bind(menu);
    menu.open = (of, id, at, options) => open(of, id, at.x || at.y ? at : this.corner(), options); // where no mouse has been
    const start = create.start;
    create.start = (event, shape, context) => (this.isByKey && is(shape, 'bpmn:FlowNode') && !is(shape, 'bpmn:BoundaryEvent') ? this.place(shape) : start(event, shape, context));
  }

  private beside(source: Drawn, shape: Drawn): Point | undefined {
    if (!is(shape, 'bpmn:FlowNode')) return undefined;
    const wanted = getNewShapePosition(source as never, shape as never, this.registry as never);
    return this.roomNear(wanted, shape, source);
  }

  private corner(): Point {
    const { left, top } = this.canvas.getContainer().getBoundingClientRect();
    return { x: left + BESIDE_PALETTE, y: top + GAP };
  }

  /** Beside what is chosen; else in the middle of what one sees. */
  private place(shape: Drawn): void {
    const [chosen] = this.selection.get().filter((one) => is(one, 'bpmn:FlowNode'));
    const { x, y, width, height } = this.canvas.viewbox();
    const wanted = chosen ? getNewShapePosition(chosen as never, shape as never, this.registry as never) : { x: x + width / 2, y: y + height / 2 };
    const at = this.roomNear(wanted, shape, chosen);
    const made = this.modeling.createShape(shape, at, (chosen?.parent as Drawn | undefined) ?? this.poolAt(at) ?? this.canvas.getRootElement());
    this.bus.fire('autoPlace.end', { shape: made });
    this.canvas.scrollToElement(made, 80);
  }

  private roomNear(wanted: Point, shape: Drawn, source?: Drawn): Point {
    const around = new Set(ancestors(source));
    const taken = this.registry.filter((one) => one !== shape && !around.has(one) && one.parent !== undefined && !is(one, 'bpmn:Participant', 'bpmn:Lane'));
    return room(shape, wanted, taken as (Box | Line)[], this.laneAt(source ? { x: source.x + source.width / 2, y: source.y + source.height / 2 } : wanted));
  }

  /** The innermost: lanes lie in each other. */
  private laneAt(point: Point): Drawn | undefined {
    return this.registry.filter((one) => is(one, 'bpmn:Lane') && holds(one, point)).sort((one, other) => one.width * one.height - other.width * other.height)[0];
  }

  private poolAt(point: Point): Drawn | undefined {
    const pools = this.registry.filter((one) => is(one, 'bpmn:Participant'));
    return pools.find((one) => holds(one, point)) ?? pools[0];
  }
}

function ancestors(shape: Shape | undefined): Shape[] {
  return shape?.parent ? [shape.parent, ...ancestors(shape.parent)] : [];
}

function holds(box: Box, { x, y }: Point): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

export const placingModule = { __init__: ['placing'], placing: ['type', Placing] };
