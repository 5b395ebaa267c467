using MlNetRnn.Sequences;

namespace MlNetRnn.Symbols;

/// <summary>An index for units that are only counted.</summary>
internal sealed class NoNames : ITokenIndex
{
    public int IndexOf(ReadOnlySpan<char> token) => SymbolCodec.Unknown;
}
