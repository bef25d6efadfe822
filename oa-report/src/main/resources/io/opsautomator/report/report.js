"use strict";
(() => {
  const data = JSON.parse(document.getElementById("figures").textContent);
  const select = document.getElementById("task");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const print = matchMedia("print");
  const charts = [];
  document.documentElement.classList.add("js");
  const margin = (data.to - data.from) * 0.012;
  const whole = { min: data.from - margin, max: data.to + margin };

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const number = new Intl.NumberFormat("en");
  const clock = (options) => {
    const format = new Intl.DateTimeFormat("en-GB", { timeZone: data.zone, ...options });
    return (second) => format.format(new Date(second * 1000));
  };
  let day, time, full;
  try {
    day = clock({ day: "numeric", month: "short" });
    time = clock({ hour: "2-digit", minute: "2-digit" });
    full = clock({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  } catch (unknownZone) {
    data.zone = "UTC";
    day = clock({ day: "numeric", month: "short" });
    time = clock({ hour: "2-digit", minute: "2-digit" });
    full = clock({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  }

  // Charts: drawn anew when their width, the colours or the task change.

  const axes = () => {
    const line = { stroke: css("--dim"), font: "12px system-ui, sans-serif", grid: { stroke: css("--line"), width: 1 }, ticks: { show: false } };
    return [
      {
        ...line,
        space: 64,
        size: 26,
        values: (u, splits, axis, space, step) =>
          splits.map((at) => (step >= 86400 || time(at) === "00:00" ? day(at) : time(at))),
      },
      { ...line, size: 44, space: 34, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6], values: (u, splits) => splits.map((v) => number.format(v)) },
    ];
  };

  const draw = (chart) => {
    const width = chart.box.clientWidth;
    if (chart.plot) {
      chart.plot.destroy();
      chart.plot = undefined;
    }
    chart.width = width;
    if (width === 0) {
      return;
    }
    const { series, points, top } = chart.what();
    const options = {
      width,
      height: chart.box.clientHeight,
      padding: [10, 10, 0, 0],
      legend: { show: false },
      cursor: { sync: { key: "time" }, drag: { x: true, y: false }, points: { size: 6 }, y: false },
      tzDate: (second) => uPlot.tzDate(new Date(second * 1000), data.zone),
      scales: { x: { ...whole }, y: { range: (u, low, high) => [0, Math.max(1, high, top) * 1.08] } },
      axes: axes(),
      series: [{}, ...series],
      hooks: { setCursor: [(u) => readout(chart, u)] },
    };
    chart.plot = new uPlot(options, points, chart.box);
    chart.plot.setScale("x", { ...whole });
  };

  // What lies under the cursor; a line of steps has its value from the point before.
  const readout = (chart, u) => {
    const left = u.cursor.left;
    chart.now.hidden = left === undefined || left < 0;
    if (chart.now.hidden) {
      return;
    }
    const at = u.posToVal(left, "x");
    chart.now.textContent = full(at) + " · " + chart.tell(u, at);
  };

  const before = (xs, at) => {
    let low = 0;
    let high = xs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (xs[middle] <= at) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };

  const stepped = uPlot.paths.stepped({ align: 1 });
  const bars = uPlot.paths.bars({ size: [0.9, Infinity, 2], align: 1 });

  const level = (box) => {
    const of = data.levels[box.dataset.of];
    const xs = [whole.min, ...of.x, whole.max].sort((a, b) => a - b);
    const value = (x) => {
      const i = before(of.x, x);
      return i < 0 ? 0 : of.y[i];
    };
    const ys = xs.map(value);
    const limit = of.limit === undefined ? null : xs.map(() => of.limit);
    return {
      what: () => ({
        top: of.limit ?? 0,
        points: limit ? [xs, ys, limit] : [xs, ys],
        series: [
          { stroke: css("--open"), fill: css("--open-soft"), width: 1.5, paths: stepped, points: { show: false } },
          ...(limit ? [{ stroke: css("--odd"), width: 1.5, dash: [6, 5], points: { show: false } }] : []),
        ],
      }),
      tell: (u, at) => number.format(value(at)) + " at once" + (limit ? " of " + number.format(of.limit) : ""),
    };
  };

  const calls = () => {
    const none = { width: 60, x: [], calls: [], throttled: [] };
    const current = () => (select.value === "" ? data.calls.all : data.calls[select.value] ?? none);
    return {
      what: () => {
        const of = current();
        const all = data.counted ? [{ stroke: css("--open"), fill: css("--open"), width: 0, paths: bars, points: { show: false } }] : [];
        return {
          top: 0,
          points: [of.x, ...(data.counted ? [of.calls] : []), of.throttled],
          series: [...all, { stroke: css("--odd"), fill: css("--odd"), width: 0, paths: bars, points: { show: false } }],
        };
      },
      tell: (u, at) => {
        const of = current();
        const i = before(of.x, at);
        const here = i >= 0 && at < of.x[i] + of.width;
        const made = here ? of.calls[i] : 0;
        const slowed = here ? of.throttled[i] : 0;
        return (data.counted ? number.format(made) + (made === 1 ? " call, " : " calls, ") : "") + number.format(slowed) + " throttled";
      },
    };
  };

  for (const box of document.querySelectorAll("[data-chart]")) {
    const kind = box.dataset.chart === "level" ? level(box) : calls();
    const now = document.createElement("span");
    now.className = "now";
    now.hidden = true;
    now.setAttribute("aria-hidden", "true");
    box.append(now);
    charts.push({ box, now, ...kind });
  }
  const drawAll = () => charts.forEach(draw);
  new ResizeObserver(() => charts.filter((chart) => chart.box.clientWidth !== chart.width).forEach(draw)).observe(document.body);
  dark.addEventListener("change", drawAll);
  print.addEventListener("change", drawAll);
  drawAll();
  if (charts.length > 0) {
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = "Drag across a chart to look closer; double-click for the whole period.";
    charts[charts.length - 1].box.closest("figure").after(hint);
  }

  // Lanes: what a mark stands for is told below them. One stop for the keyboard, arrows from mark to mark.

  const line = document.getElementById("readout");
  const idle = "Point at a run, or move to a lane with Tab and along it with the arrow keys.";
  const tell = (mark) => {
    document.querySelectorAll(".mark.at").forEach((other) => other.classList.remove("at"));
    if (mark) {
      mark.classList.add("at");
    }
    line.textContent = mark ? mark.dataset.told : idle;
  };
  if (line) {
    line.textContent = idle;
  }
  for (const lane of document.querySelectorAll(".lane:not(.axis) .marks")) {
    const marks = [...lane.querySelectorAll(".mark")];
    for (const mark of marks) {
      const title = mark.querySelector("title");
      mark.dataset.told = title.textContent;
      title.remove();
      mark.addEventListener("pointerenter", () => tell(mark));
    }
    lane.setAttribute("tabindex", "0");
    let at = marks.length - 1;
    lane.addEventListener("focus", () => tell(marks[at]));
    lane.addEventListener("blur", () => tell());
    lane.addEventListener("keydown", (event) => {
      const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: marks.length - 1 }[event.key];
      if (to !== undefined && marks[to]) {
        at = to;
        tell(marks[at]);
        event.preventDefault();
      }
    });
  }

  // The filter: what is about another task is hidden, and the figures are those of the task.

  const figures = [...document.querySelectorAll("[data-figure]")];
  figures.forEach((figure) => (figure.dataset.all = figure.textContent));
  const apply = () => {
    const task = select.value;
    for (const part of document.querySelectorAll("[data-task]")) {
      part.hidden = task !== "" && part.dataset.task !== task;
    }
    for (const figure of figures) {
      const value = task === "" ? figure.dataset.all : number.format(data.tasks[task][figure.dataset.figure]);
      figure.textContent = value;
      figure.parentElement.classList.toggle("nought", value === "0");
    }
    for (const none of document.querySelectorAll(".none")) {
      none.hidden = [...none.parentElement.querySelectorAll("[data-task]")].some((part) => !part.hidden);
    }
    for (const more of document.querySelectorAll(".more")) {
      more.hidden = [...more.querySelectorAll("[data-task]")].every((part) => part.hidden);
    }
    drawAll();
  };
  select.addEventListener("change", apply);
  if (data.tasks.length > 1) {
    document.querySelector(".filter").hidden = false;
  }
})();
