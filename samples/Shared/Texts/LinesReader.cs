
namespace MlNetRnn.Samples.Texts;

/// <summary>Lines as one text with line feeds: the input of a CSV reader for files that were validated line by line.</summary>
internal sealed class LinesReader(IEnumerable<TextLine> lines) : TextReader
{
    private readonly IEnumerator<TextLine> _lines = lines.GetEnumerator();
    private string _line = "";
    private int _read;

    public override int Read(Span<char> buffer)
    {
        if (_read == _line.Length)
        {
            if (!_lines.MoveNext()) return 0;
            (_line, _read) = ($"{_lines.Current.Text}\n", 0);
        }
        int count = Math.Min(buffer.Length, _line.Length - _read);
        _line.AsSpan(_read, count).CopyTo(buffer);
        _read += count;
        return count;
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    protected override void Dispose(bool disposing)
    {
        _lines.Dispose();
        base.Dispose(disposing);
    }
}
