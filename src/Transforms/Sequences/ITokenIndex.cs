namespace MlNetRnn.Sequences;

/// <summary>Gives every token a number: a <see cref="Vocabulary"/> when it is known, a <see cref="VocabularyBuilder"/> while it is learned.</summary>
internal interface ITokenIndex
{
    /// <summary>The number of a token; for a vocabulary <see cref="SpecialTokens.Unknown"/> when it is not in it.</summary>
    int IndexOf(ReadOnlySpan<char> token);
}
