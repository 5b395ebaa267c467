namespace MlNetRnn.Samples.Translation;

/// <summary>Two files, of which line i of one is the translation of line i of the other.</summary>
/// <param name="source">The file of the sources.</param>
/// <param name="target">The file of the targets.</param>
internal sealed class ParallelFiles(string source, string target) : PairFile($"{source} and {target}")
{
    private readonly TextFile _sources = new(source), _targets = new(target);

    public override IEnumerable<Pair> Read()
    {
        using IEnumerator<TextLine> sources = _sources.Lines().GetEnumerator(), targets = _targets.Lines().GetEnumerator();
        for (int count = 0; ; count++)
        {
            (bool hasSource, bool hasTarget) = (sources.MoveNext(), targets.MoveNext());
            if (!hasSource && !hasTarget) yield break;
            if (hasSource != hasTarget) throw Unequal(count + Rest(sources, hasSource), count + Rest(targets, hasTarget));
            yield return new Pair { Source = sources.Current.Text, Target = targets.Current.Text };
        }
    }

    /// <summary>Returns the number of lines from the current one to the end.</summary>
    private static int Rest(IEnumerator<TextLine> lines, bool hasLine)
    {
        int count = 0;
        for (; hasLine; hasLine = lines.MoveNext()) count++;
        return count;
    }

    private FileException Unequal(int sources, int targets) => new(
        $"{Name}: expected files with the same number of lines, got {sources} and {targets}. Check that each line is the translation of the line with the "
        + "same number in the other file.");
}
