namespace MlNetRnn.Tokenization;

/// <summary>Receives the tokens of a text in their order.</summary>
/// <param name="token">The token, without the characters that the rules leave out. The span is valid only during the call.</param>
/// <param name="start">The position of its first character in the text, in UTF-16 characters.</param>
/// <param name="length">The number of UTF-16 characters of the text that it covers.</param>
internal delegate void TokenAction(ReadOnlySpan<char> token, int start, int length);

/// <summary>Splits a text into tokens.</summary>
internal delegate void Tokenizer(ReadOnlySpan<char> text, TokenAction add);
