namespace MlNetRnn.Experiments;

/// <summary>The style of the report. It contains no character that XML would escape, because browsers read it as it is.</summary>
internal static class ReportStyle
{
    /// <summary>The colors are those of Okabe and Ito's palette, or close to them; shapes, fillings, dashes and sizes repeat their meaning.</summary>
    public const string Css = """

        :root { color-scheme: light dark; --back: #ffffff; --text: #1b1f24; --soft: #57606a; --line: #d8dee4; --grid: #ebeef1; --mark: #fdf0e6;
          --pipeline0: #0072b2; --pipeline1: #00805e; --pipeline2: #a3397f; --pipeline3: #7a6200; --best: #d55e00; --error: #a33b00;
          --shade0: #ccd5de; --shade1: #a5bfd8; --shade2: #74a6cf; --shade3: #3b84ba; --shade4: #0b4f87; }
        @media (prefers-color-scheme: dark) { :root { --back: #15181c; --text: #e6e8eb; --soft: #9da7b1; --line: #3d444d; --grid: #262c33; --mark: #3a2413;
          --pipeline0: #56b4e9; --pipeline1: #35c79a; --pipeline2: #e08cc0; --pipeline3: #e0c341; --best: #ff8c42; --error: #ff8c42;
          --shade0: #39424c; --shade1: #42607c; --shade2: #4c82ae; --shade3: #64aedd; --shade4: #b5e2ff; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 1100px; padding: 16px; background: var(--back); color: var(--text); font: 15px/1.45 system-ui, sans-serif; }
        h1 { font-size: 1.6em; margin: 0 0 12px; overflow-wrap: anywhere; }
        section { display: flow-root; margin-top: 28px; }
        h2 { font-size: 1.2em; margin: 0 0 4px; overflow-wrap: anywhere; }
        p { margin: 0 0 8px; }
        .soft { color: var(--soft); fill: var(--soft); }
        .headline { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 12px; margin: 0; }
        .headline div { border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; overflow-wrap: anywhere; }
        .headline dt, .headline dd { color: var(--soft); margin: 0; font-size: 0.9em; }
        .headline .value { color: var(--text); font-size: 1.7em; font-weight: 600; }
        .legend { display: flex; flex-wrap: wrap; gap: 2px 16px; font-size: 0.9em; }
        .legend span { display: inline-flex; align-items: center; gap: 5px; }
        svg { overflow: visible; }
        .plot { display: block; font-size: 12px; fill: var(--text); }
        .grid { stroke: var(--grid); }
        .axis { stroke: var(--soft); }
        .before { text-anchor: end; }
        .below { text-anchor: middle; }
        .strong { font-weight: 600; }
        .halo { paint-order: stroke; stroke: var(--back); stroke-width: 3px; stroke-linejoin: round; }
        path { fill: none; stroke-linecap: round; stroke-linejoin: round; vector-effect: non-scaling-stroke; stroke-width: 1.3px; }
        path:hover { stroke-width: 3px; stroke-opacity: 1; }
        .so-far { stroke: var(--best); stroke-width: 1.5px; }
        .p0 { --own: var(--pipeline0); } .p1 { --own: var(--pipeline1); } .p2 { --own: var(--pipeline2); } .p3 { --own: var(--pipeline3); } .any { --own: var(--soft); }
        .dot { stroke-width: 1.5px; stroke: var(--own); fill: var(--back); fill-opacity: 0.6; }
        .dot.completed { fill: var(--own); fill-opacity: 0.7; }
        .dot.stopped { stroke-dasharray: 3 2; }
        .dot.best { fill: var(--best); fill-opacity: 1; stroke: var(--text); stroke-dasharray: none; }
        .curve { stroke: var(--own); stroke-opacity: 0.5; }
        .curve.pruned { stroke-dasharray: 5 4; }
        .curve.stopped { stroke-dasharray: 8 3 1 3; }
        .curve.failed { stroke-dasharray: 1 4; }
        .legend .curve { stroke-opacity: 1; }
        .curve.best { stroke: var(--best); stroke-opacity: 1; stroke-width: 3px; stroke-dasharray: none; }
        .way { stroke-opacity: 0.85; }
        .shade0 { stroke: var(--shade0); } .shade1 { stroke: var(--shade1); } .shade2 { stroke: var(--shade2); } .shade3 { stroke: var(--shade3); } .shade4 { stroke: var(--shade4); }
        .way.best { stroke: var(--best); stroke-opacity: 1; stroke-width: 3.5px; }
        .many .plot .curve, .many .plot .way { stroke-width: 0.8px; stroke-opacity: 0.35; }
        .many .plot path.best { stroke-width: 3px; stroke-opacity: 1; }
        .small { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 215px), 1fr)); gap: 12px 8px; }
        figure { margin: 0; min-width: 0; }
        figcaption { font-weight: 600; font-size: 0.9em; overflow-wrap: anywhere; }
        .wide { overflow-x: auto; }
        pre { background: var(--grid); border-radius: 8px; padding: 12px 14px; overflow-x: auto; }
        table { border-collapse: collapse; font-size: 0.87em; width: 100%; }
        .narrow { width: auto; }
        th, td { text-align: left; vertical-align: top; padding: 3px 10px 3px 4px; border-bottom: 1px solid var(--line); }
        th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .trials td:last-child { min-width: 420px; overflow-wrap: anywhere; }
        tr.best td { background: var(--mark); font-weight: 600; }
        .message { color: var(--error); margin: 2px 0 0; white-space: pre-wrap; }

        """;
}
