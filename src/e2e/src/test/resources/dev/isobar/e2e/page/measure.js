// Writes what is seen of the page into it, a fact a line.
(() => {
  const facts = [];
  const numbers = (colour) => (colour.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const hex = (colour) => '#' + numbers(colour).slice(0, 3).map((n) => n.toString(16).padStart(2, '0')).join('');
  const light = (colour) => {
    const [r, g, b] = numbers(colour).slice(0, 3).map((n) => {
      const share = n / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [less, more] = [light(one), light(other)].sort((a, b) => a - b);
    return (more + 0.05) / (less + 0.05);
  };
  const opaque = (colour) => colour !== 'none' && (numbers(colour).length < 4 || numbers(colour)[3] > 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (at.namespaceURI.endsWith('svg')) {
        const area = at.tagName === 'g' && at.querySelector('rect');
        if (area && opaque(getComputedStyle(area).fill)) return getComputedStyle(area).fill;
        if (at.tagName === 'svg') {
          const box = element.getBoundingClientRect();
          for (const panel of at.querySelectorAll('.panel')) {
            const frame = panel.getBoundingClientRect();
            if (frame.top <= box.top && box.bottom <= frame.bottom) return getComputedStyle(panel).fill;
          }
        }
      } else if (opaque(style.backgroundColor)) return style.backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  document.querySelectorAll('details').forEach((one) => { one.open = true; });
  const page = document.documentElement;
  facts.push('wider ' + Math.max(0, page.scrollWidth - innerWidth));
  facts.push('ground ' + hex(getComputedStyle(document.body).backgroundColor));
  facts.push('slices ' + document.querySelectorAll('.slice').length);
  facts.push('unused ' + document.querySelectorAll('.unused').length);
  facts.push('resources ' + document.querySelectorAll('.resource').length);
  facts.push('edges ' + document.querySelectorAll('.edge').length);
  new Set([...document.querySelectorAll('.slice rect')].map((area) => hex(getComputedStyle(area).fill)))
    .forEach((fill) => facts.push('fill ' + fill));
  for (const text of document.querySelectorAll('svg text')) {
    const box = text.getBoundingClientRect();
    const area = text.parentElement.tagName === 'g' ? text.parentElement.querySelector('rect') : text.ownerSVGElement;
    const frame = area.getBoundingClientRect();
    if (box.width > 0 && (box.right > frame.right || box.left < frame.left - 0.5 || box.bottom > frame.bottom + 1)) {
      facts.push('spills ' + text.textContent);
    }
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const hidden = ['TITLE', 'DESC', 'STYLE', 'SCRIPT', 'CAPTION'].includes(element.tagName.toUpperCase());
    if (hidden || !walker.currentNode.textContent.trim()) continue;
    texts += 1;
    const style = getComputedStyle(element);
    const colour = element.namespaceURI.endsWith('svg') ? style.fill : style.color;
    const ratio = contrast(colour, ground(element));
    if (ratio < 4.5) facts.push('faint ' + ratio.toFixed(2) + ' ' + walker.currentNode.textContent.trim());
  }
  facts.push('texts ' + texts);
  const result = document.createElement('pre');
  result.id = 'measured';
  result.textContent = '\n' + facts.join('\n') + '\n';
  document.body.append(result);
})();
