// Answers the form of a task, as a person would who has read it. Gives how many answers were written now; 0 when all are there.
(answers) => {
  let written = 0;
  const tell = (element) => {
    element.dispatchEvent(new Event('input', { bubbles: true }));
    element.dispatchEvent(new Event('change', { bubbles: true }));
    written += 1;
  };
  const put = (element, text) => {
    if (element.value === text) return;
    element.value = text;
    tell(element);
  };
  const tick = (element) => {
    if (element.checked) return;
    element.checked = true;
    tell(element);
  };
  const today = answers.today ?? { day: '23', month: '11', year: '2026', time: '09.00' };
  const fields = document.querySelector('#fields');
  if (!fields) return 0;
  for (const group of fields.querySelectorAll('.form-group')) {
    if (group.querySelector('.form-group, fieldset.sg-repeat')) continue;
    const label = group.querySelector('legend, .form-label');
    const mayStayEmpty = label?.querySelector('.weight-normal');
    const controls = [...group.querySelectorAll('input:not([type=hidden]), textarea, select')];
    if (!controls.length) continue;
    const name = controls[0].name.split(/[:\[]/)[0];
    const given = answers[name] ?? answers[name.split('.').pop()];
    if (mayStayEmpty && given === undefined) continue;
    if (controls[0].type === 'radio' || controls[0].type === 'checkbox') {
      const wanted = given === undefined ? [] : [given].flat().map(String);
      const chosen = controls.filter((one) => one.checked);
      const fitting = controls.filter((one) => wanted.includes(one.value));
      if (fitting.length) fitting.forEach(tick);
      else if (!chosen.length) tick(controls[controls[0].type === 'radio' ? controls.length - 1 : 0]);
    } else if (controls.length > 1) {
      const parts = ['day', 'month', 'year', 'time'];
      controls.forEach((one, at) => one.value || put(one, (given ?? today)[parts[at]] ?? today[parts[at]]));
    } else if (controls[0].tagName === 'SELECT') {
      if (!controls[0].value) put(controls[0], given ?? controls[0].options[1].value);
    } else if (given !== undefined) put(controls[0], String(given));
    else if (!controls[0].value) put(controls[0], ['numeric', 'decimal'].includes(controls[0].inputMode) ? '3' : 'Som aftalt med familien.');
  }
  return written;
}
