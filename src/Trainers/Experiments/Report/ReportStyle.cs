namespace MlNetRnn.Experiments;

/// <summary>How the report looks. Without a character that XML would escape: a browser reads it as it is.</summary>
internal static class ReportStyle
{
    /// <summary>The colours are of Okabe and Ito's palette, or near it; fillings, dashes and sizes say the same without colour.</summary>
    public const string Css = """

        :root { color-scheme: light dark; --back: #ffffff; --text: #1b1f24; --soft: #57606a; --line: #d8dee4; --grid: #ebeef1; --mark: #fdf0e6;
          --completed: #0072b2; --pruned: #7d8590; --stopped: #a3397f; --best: #d55e00;
          --shade0: #ccd5de; --shade1: #a5bfd8; --shade2: #74a6cf; --shade3: #3b84ba; --shade4: #0b4f87; }
        @media (prefers-color-scheme: dark) { :root { --back: #15181c; --text: #e6e8eb; --soft: #9da7b1; --line: #3d444d; --grid: #262c33; --mark: #3a2413;
          --completed: #56b4e9; --pruned: #8b949e; --stopped: #e08cc0; --best: #ff8c42;
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
        .dot { stroke-width: 1.5px; }
        .dot.completed { fill: var(--completed); fill-opacity: 0.7; stroke: var(--completed); }
        .dot.pruned { fill: var(--back); fill-opacity: 0.6; stroke: var(--pruned); }
        .dot.stopped { fill: var(--back); fill-opacity: 0.6; stroke: var(--stopped); stroke-dasharray: 3 2; }
        .dot.best { fill: var(--best); fill-opacity: 1; stroke: var(--text); stroke-dasharray: none; }
        .curve { stroke: var(--completed); stroke-opacity: 0.4; }
        .curve.pruned { stroke: var(--pruned); stroke-opacity: 0.6; stroke-dasharray: 5 4; }
        .curve.stopped { stroke: var(--stopped); stroke-opacity: 0.6; stroke-dasharray: 8 3 1 3; }
        .curve.failed { stroke: var(--pruned); stroke-opacity: 0.7; stroke-dasharray: 1 4; }
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
        th, td { text-align: left; vertical-align: top; padding: 3px 10px 3px 4px; border-bottom: 1px solid var(--line); }
        th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        td:last-child { min-width: 420px; overflow-wrap: anywhere; }
        tr.best td { background: var(--mark); font-weight: 600; }
        .message { color: var(--best); margin: 2px 0 0; white-space: pre-wrap; }

        """;
}
