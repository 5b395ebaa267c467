using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Tokenization;

namespace MlNetRnn.TokenizingTransform;

/// <summary>A block of texts with their tokens and the positions of the tokens.</summary>
internal sealed class TokenBlock : IRowBlock
{
    private readonly ValueGetter<ReadOnlyMemory<char>> _get;
    private readonly Tokenizer _tokenize;
    private readonly List<string> _texts = [];
    private readonly Dictionary<int, RnnToken[]> _tokens = [];

    public TokenBlock(ValueGetter<ReadOnlyMemory<char>> get, Tokenizer tokenize) => (_get, _tokenize) = (get, tokenize);

    public bool IsFull => false;

    public void Clear()
    {
        _texts.Clear();
        _tokens.Clear();
    }

    public void Read()
    {
        ReadOnlyMemory<char> text = default;
        _get(ref text);
        _texts.Add(text.ToString());
    }

    public Delegate CreateGetter(int output, Func<int> current) => output switch
    {
        0 => Vector(current, token => token.Text.AsMemory()),
        1 => Vector(current, token => token.Start),
        _ => Vector(current, token => token.Length),
    };

    private ValueGetter<VBuffer<T>> Vector<T>(Func<int> current, Func<RnnToken, T> value) => (ref VBuffer<T> target) =>
    {
        RnnToken[] tokens = TokensOf(current());
        VBufferEditor<T> editor = VBufferEditor.Create(ref target, tokens.Length);
        for (int i = 0; i < tokens.Length; i++) editor.Values[i] = value(tokens[i]);
        target = editor.Commit();
    };

    private RnnToken[] TokensOf(int row)
    {
        if (_tokens.TryGetValue(row, out RnnToken[]? known)) return known;
        var tokens = new List<RnnToken>();
        _tokenize(_texts[row], (token, start, length) => tokens.Add(new RnnToken(token.ToString(), start, length)));
        return _tokens[row] = [.. tokens];
    }
}
