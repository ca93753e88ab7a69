'use strict';

// Draws the charts from the JSON of element "data", again when the colour scheme changes.
(() => {
  // Okabe and Ito's colours, which people with any kind of colour vision can tell apart.
  const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#8a8a8a'];
  const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 2], [1, 4], [12, 4]];
  const BAR_SPACE = 34;
  const AXIS_SPACE = 70;
  const BRIEF = new Intl.NumberFormat('en', {notation: 'compact', maximumSignificantDigits: 3});

  Chart.defaults.font.family = 'system-ui, sans-serif';

  const contests = JSON.parse(document.getElementById('data').textContent);
  const charts = [];

  const styleValue = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // From the lowest round to the highest, across the end of each bar.
  const whiskers = {
    id: 'whiskers',
    afterDatasetsDraw(chart) {
      const {ctx} = chart;
      ctx.save();
      ctx.strokeStyle = styleValue('--text');
      ctx.lineWidth = 1.5;
      chart.data.datasets.forEach((dataset, number) => {
        chart.getDatasetMeta(number).data.forEach((bar, index) => {
          const range = dataset.ranges[index];
          if (range.length === 0 || range[0] === range[1]) {
            return;
          }
          const from = chart.scales.x.getPixelForValue(range[0]);
          const to = chart.scales.x.getPixelForValue(range[1]);
          const cap = Math.min(5, bar.height / 3);
          ctx.beginPath();
          ctx.moveTo(from, bar.y);
          ctx.lineTo(to, bar.y);
          for (const end of [from, to]) {
            ctx.moveTo(end, bar.y - cap);
            ctx.lineTo(end, bar.y + cap);
          }
          ctx.stroke();
        });
      });
      ctx.restore();
    },
  };

  const axis = (title, ticks) => ({
    title: {display: title !== '', text: title, color: styleValue('--muted')},
    grid: {color: styleValue('--line')},
    ticks: {color: styleValue('--text'), ...ticks},
  });

  function bars(place, names, unit, groups) {
    place.style.height = `${AXIS_SPACE + BAR_SPACE * names.length * (groups.length > 1 ? 1.4 : 1)}px`;
    return {
      type: 'bar',
      data: {
        labels: names,
        datasets: groups.map((group, number) => ({
          label: group.label,
          data: group.bars.map((bar) => (bar.length === 0 ? null : bar[0])),
          ranges: group.bars.map((bar) => bar.slice(1)),
          backgroundColor: COLOURS[number],
        })),
      },
      options: {
        indexAxis: 'y',
        maintainAspectRatio: false,
        animation: false,
        scales: {
          x: {...axis(unit, {callback: (value) => BRIEF.format(value)}), beginAtZero: true,
            suggestedMax: Math.max(...groups.flatMap((group) => group.bars.flat()), 0)},
          y: axis('', {}),
        },
        plugins: {
          legend: {display: groups.length > 1, labels: {color: styleValue('--text')}},
          tooltip: {callbacks: {label: (item) => {
            const range = item.dataset.ranges[item.dataIndex].map((value) => BRIEF.format(value)).join(' to ');
            return `${item.dataset.label}: ${BRIEF.format(item.raw)} (${range})`;
          }}},
        },
      },
      plugins: [whiskers],
    };
  }

  // 1 is 90%, 2 is 99%, 3 is 99.9%.
  const percentile = (nines) => (nines === 0 ? '0%' : nines === 1 ? '90%' : `99${nines > 2 ? `.${'9'.repeat(nines - 2)}` : ''}%`);

  // 1, 2 or 5, and zeros.
  const isRound = ({value}) => [1, 2, 5].includes(Math.round(1e6 * value / 10 ** Math.floor(Math.log10(value))) / 1e6);

  // When the colours begin again, the dashes are others.
  const dash = (number) => DASHES[(number + Math.floor(number / COLOURS.length)) % DASHES.length];

  function curves(contest) {
    return {
      type: 'line',
      data: {
        datasets: contest.names.map((name, number) => ({
          label: name,
          data: contest.curves[number].map(([x, y]) => ({x, y})),
          borderColor: COLOURS[number % COLOURS.length],
          backgroundColor: COLOURS[number % COLOURS.length],
          borderDash: dash(number),
          borderWidth: 2,
          pointRadius: 0,
          pointHitRadius: 8,
        })),
      },
      options: {
        maintainAspectRatio: false,
        animation: false,
        interaction: {mode: 'nearest', axis: 'x', intersect: false},
        scales: {
          x: {...axis('percentile', {stepSize: 1, callback: (value) => (Number.isInteger(value) ? percentile(value) : '')}),
            type: 'linear', min: 0},
          y: {...axis('us', {callback: (value) => BRIEF.format(value)}),
            type: 'logarithmic', afterBuildTicks: (scale) => { scale.ticks = scale.ticks.filter(isRound); }},
        },
        plugins: {
          legend: {labels: {color: styleValue('--text'), usePointStyle: true, pointStyle: 'line'}},
          tooltip: {callbacks: {
            title: (items) => (items.length === 0 ? '' : `${(100 * (1 - 10 ** -items[0].raw.x)).toPrecision(5)}%`),
            label: (item) => `${item.dataset.label}: ${BRIEF.format(item.raw.y)} us`,
          }},
        },
      },
    };
  }

  function configuration(place) {
    const contest = contests[place.dataset.contest];
    switch (place.dataset.chart) {
      case 'cpu':
        return bars(place, contest.names, 'us a message', [
          {label: 'saturated', bars: contest.cpu},
          {label: 'at the fixed rate', bars: contest.rateCpu},
        ]);
      case 'messages':
        return bars(place, contest.names, 'messages/s', [{label: 'saturated', bars: contest.messages}]);
      case 'memory':
        return bars(place, contest.names, 'KiB a connection', [{label: 'idle', bars: contest.memory}]);
      default:
        return curves(contest);
    }
  }

  function draw() {
    charts.splice(0).forEach((chart) => chart.destroy());
    for (const place of document.querySelectorAll('[data-chart]')) {
      charts.push(new Chart(place.querySelector('canvas'), configuration(place)));
    }
  }

  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
})();
