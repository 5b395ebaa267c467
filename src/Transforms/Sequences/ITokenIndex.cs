namespace MlNetRnn.Sequences;

/// <summary>
/// Maps tokens to numbers: a <see cref="Vocabulary"/> or the symbols of a language model in scoring, a <see cref="VocabularyBuilder"/> while the vocabulary is
/// built.
/// </summary>
internal interface ITokenIndex
{
    /// <summary>Returns the number of a token; a vocabulary returns <see cref="SpecialTokens.Unknown"/> for a token that it does not include.</summary>
    int IndexOf(ReadOnlySpan<char> token);
}
