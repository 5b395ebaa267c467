using Microsoft.ML;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.LanguageModels;

/// <summary>A block of prompts with the texts that continue them, which are generated on first use.</summary>
/// <param name="generator">The generator.</param>
/// <param name="options">The options, with a seed.</param>
/// <param name="get">Reads the prompt of the current row.</param>
internal sealed class GeneratedTextBlock(RnnTextGenerator generator, RnnGenerationOptions options, ValueGetter<ReadOnlyMemory<char>> get) : IRowBlock
{
    private readonly List<string> _prompts = [];
    private IReadOnlyList<RnnGeneratedText>? _texts;

    public bool IsFull => false;

    public void Clear()
    {
        _prompts.Clear();
        _texts = null;
    }

    public void Read()
    {
        ReadOnlyMemory<char> prompt = default;
        get(ref prompt);
        _prompts.Add(prompt.ToString());
    }

    public Delegate CreateGetter(int output, Func<int> current)
    {
        if (output == 0)
        {
            ValueGetter<ReadOnlyMemory<char>> text = (ref ReadOnlyMemory<char> value) => value = Of(current()).Text.AsMemory();
            return text;
        }
        ValueGetter<float> score = (ref float value) => value = (float)Of(current()).Score;
        return score;
    }

    private RnnGeneratedText Of(int row) => (_texts ??= generator.GenerateEach(_prompts, options))[row];
}
