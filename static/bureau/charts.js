// Charts of the admin, drawn by the Chart.js that Unfold ships, in the colours of the page. The data stand beside each canvas.
(() => {
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const COLOURS = ["--chart-1", "--chart-2", "--chart-3", "--chart-4"];

  function draw(canvas) {
    const { labels, series } = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
    const mixed = new Set(series.map((one) => one.type)).size > 1;
    const text = css("--chart-text"), grid = css("--chart-grid");
    const axis = (more) => ({ grid: { color: grid }, ticks: { color: text }, border: { display: false }, beginAtZero: true, ...more });
    const datasets = series.map((one, index) => ({
      label: one.label,
      type: one.type,
      data: one.data,
      yAxisID: mixed && one.type === "line" ? "right" : "left",
      backgroundColor: css(COLOURS[index % COLOURS.length]),
      borderColor: css(COLOURS[index % COLOURS.length]),
      borderWidth: one.type === "line" ? 2 : 0,
      borderRadius: 3,
      maxBarThickness: 36,
      pointRadius: 3,
      tension: 0.25,
      order: one.type === "line" ? 0 : 1,
    }));
    const title = (label) => ({ display: true, text: label, color: text });
    const line = series.find((one) => one.type === "line");
    const scales = { x: { ...axis(), stacked: mixed, grid: { display: false } }, left: axis({ stacked: mixed, position: "left" }) };
    if (mixed) scales.right = axis({ position: "right", grid: { display: false }, title: title(line.label) });
    return new Chart(canvas, {
      data: { labels, datasets },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        interaction: { mode: "index", intersect: false },
        plugins: { legend: { labels: { color: text, usePointStyle: true, boxHeight: 7 } } },
        scales,
      },
    });
  }

  function drawAll() {
    for (const canvas of document.querySelectorAll("canvas[data-chart]")) {
      Chart.getChart(canvas)?.destroy();
      draw(canvas);
    }
  }

  drawAll();
  // Light and dark are classes of the root.
  new MutationObserver(drawAll).observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
})();
