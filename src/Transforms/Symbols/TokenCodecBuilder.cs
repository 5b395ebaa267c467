using MlNetRnn.Sequences;
using MlNetRnn.Tokenization;

namespace MlNetRnn.Symbols;

/// <summary>A builder of a <see cref="TokenCodec"/>, from texts or from tokens.</summary>
/// <param name="unit">Words, or tokens between white space.</param>
/// <param name="capacity">The maximum number of distinct tokens that are counted.</param>
internal sealed class TokenCodecBuilder(RnnLanguageUnit unit, int capacity = TextCounts.DefaultCapacity) : SymbolCodecBuilder
{
    private readonly SymbolSpec _spec = new(unit, unit == RnnLanguageUnit.Word ? WordTokenizer.CurrentRules : 0);
    private readonly TextCounts _counts = new(capacity);
    private readonly TokenForm _form = new(lowerCase: false);

    public override long CountError => _counts.Error;

    public override void AddText(ReadOnlySpan<char> text) => TokenCodec.TokenizerOf(_spec)(text, (token, _, _) => AddToken(token));

    /// <summary>Counts a unit of a training row.</summary>
    public void AddToken(ReadOnlySpan<char> token)
    {
        if (!token.SequenceEqual(SymbolCodec.UnknownWord)) _counts.Add(_form.Of(token));
    }

    public override SymbolCodec Build(int minimumCount, int maximumSize, Action? check = null) => new TokenCodec(
        new Vocabulary(_counts.FromFrequentToRare().TakeWhile(entry => entry.Count >= minimumCount).Take(maximumSize).Select(entry => entry.Text)),
        _spec);
}
