// A pool stands for its process, and both have a name: whoever changes the one on the picture means the other too.

type Command = { context: { element: { businessObject: { $type: string; processRef?: object } }; newLabel: string } };

class PoolName {
  static $inject = ['eventBus', 'modeling'];

  constructor(bus: { on(event: string, action: (command: Command) => void): void }, modeling: any) {
    bus.on('commandStack.element.updateLabel.postExecuted', ({ context: { element, newLabel } }) => {
      const { processRef } = element.businessObject;
      if (element.businessObject.$type === 'bpmn:Participant' && processRef) modeling.updateModdleProperties(element, processRef, { name: newLabel });
    });
  }
}

export const poolNameModule = { __init__: ['poolName'], poolName: ['type', PoolName] };
