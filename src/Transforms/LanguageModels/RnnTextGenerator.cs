using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MlNetRnn.Decoding;
using MlNetRnn.LanguageModels;

namespace MlNetRnn;

/// <summary>
/// Generates texts with a language model: by sampling, greedily, or with a beam search. Created by <c>mlContext.Rnn().CreateTextGenerator(model)</c>.
/// </summary>
/// <remarks>
/// Thread-safe: the weights are shared, and each call has states of its own. It needs ONNX Runtime only for a model with 8-bit weights; other
/// models generate without native libraries.
/// </remarks>
public sealed class RnnTextGenerator
{
    /// <summary>The number of prompts that are generated together.</summary>
    private const int PromptsAtOnce = 64;

    private readonly LanguageModel _model;
    private readonly ModelTexts _texts;

    internal RnnTextGenerator(RnnLanguageModelTransformer model) => (_model, _texts) = (model.Model, ModelTexts.Of(model));

    /// <summary>Generates one text.</summary>
    /// <param name="prompt">The beginning, which the text continues. Units that the model does not know are read as the unknown symbol.</param>
    /// <param name="options">The options; <see langword="null"/> for the default ones.</param>
    /// <param name="cancellationToken">Cancels between two symbols.</param>
    /// <returns>The text after the prompt.</returns>
    /// <exception cref="ArgumentException">One or more options are not valid.</exception>
    /// <exception cref="InvalidOperationException">The model is damaged: its probabilities are not numbers.</exception>
    /// <exception cref="OperationCanceledException">The generation was canceled.</exception>
    public string Generate(string prompt = "", RnnGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return GenerateMany([prompt], options, cancellationToken)[0][0].Text;
    }

    /// <summary>Generates texts for several prompts together, which takes less time than one after another. Each prompt has its own random numbers.</summary>
    /// <param name="prompts">The prompts.</param>
    /// <param name="options">The options; <see langword="null"/> for the default ones.</param>
    /// <param name="cancellationToken">Cancels between two symbols.</param>
    /// <returns>For each prompt one text, or with a beam search at most <see cref="RnnGenerationOptions.NBest"/>, the best first.</returns>
    /// <exception cref="ArgumentException">One or more options are not valid.</exception>
    /// <exception cref="InvalidOperationException">The model is damaged: its probabilities are not numbers.</exception>
    /// <exception cref="OperationCanceledException">The generation was canceled.</exception>
    public IReadOnlyList<IReadOnlyList<RnnGeneratedText>> GenerateMany(
        IReadOnlyList<string> prompts, RnnGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        for (int i = 0; i < prompts.Count; i++)
            if (prompts[i] is null) throw new ArgumentException($"Prompts: expected texts, got null at {i}. Use an empty text for no prompt.", nameof(prompts));
        return Run([.. prompts.Select(prompt => new Prompt(_texts, prompt, null))], options ?? new(), cancellationToken);
    }

    /// <summary>Continues an earlier generation.</summary>
    /// <param name="state">The state of the earlier text.</param>
    /// <param name="prompt">Text that follows the earlier one, before the generated text; empty for none.</param>
    /// <param name="options">The options; <see langword="null"/> for the default ones. The random numbers go on where the earlier generation ended.</param>
    /// <param name="cancellationToken">Cancels between two symbols.</param>
    /// <returns>One text, or with a beam search at most <see cref="RnnGenerationOptions.NBest"/>, the best first.</returns>
    /// <exception cref="ArgumentException">
    /// One or more options are not valid; or the constraint, n-gram blocking or the repetition penalty need the symbols of the earlier text, which used none of
    /// them and has not kept its symbols.
    /// </exception>
    /// <exception cref="FormatException">The state is that of another model.</exception>
    /// <exception cref="OperationCanceledException">The generation was canceled.</exception>
    public IReadOnlyList<RnnGeneratedText> Continue(
        RnnGenerationState state, string prompt = "", RnnGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(prompt);
        return Run([new Prompt(_texts, prompt, state)], options ?? new(), cancellationToken)[0];
    }

    /// <summary>Generates a text and returns its parts as soon as they are final: whole graphemes (user-perceived characters).</summary>
    /// <param name="prompt">The beginning, which the text continues.</param>
    /// <param name="options">The options; <see langword="null"/> for the default ones. A beam search has no parts before its end and is refused.</param>
    /// <param name="cancellationToken">Cancels between two symbols.</param>
    /// <exception cref="ArgumentException">One or more options are not valid.</exception>
    /// <exception cref="OperationCanceledException">The generation was canceled.</exception>
    public IAsyncEnumerable<string> StreamAsync(string prompt = "", RnnGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        options ??= new();
        options.Validate(nameof(options));
        if (options.BeamWidth > 0)
            throw new ArgumentException(
                "BeamWidth: expected 0 for a stream, got a beam search, which has no text before its end. Use Generate.", nameof(options));
        return Stream(new Prompt(_texts, prompt, null), _texts.Adjust(options), cancellationToken);
    }

    private async IAsyncEnumerable<string> Stream(Prompt prompt, RnnGenerationOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The first time, opening prepares the weights: not on the caller's thread.
        using INextSymbols rows = await Task.Run(() => _model.Open(1), cancellationToken).ConfigureAwait(false);
        var sampler = new SymbolSampler(rows, options, [prompt.Start]);
        GeneratedText text = prompt.OpenText(options);
        while (await Task.Run(() => Next(sampler, text, cancellationToken), cancellationToken).ConfigureAwait(false) is { } part)
            if (part.Length > 0) yield return part;
    }

    /// <summary>Returns the next part of a text; null at its end.</summary>
    private static string? Next(SymbolSampler sampler, GeneratedText text, CancellationToken cancellationToken)
    {
        while (!text.IsStopped && sampler.Step(cancellationToken) is [var generated])
            if (text.Append(generated.Symbol) is { Length: > 0 } part) return part;
        return text.Flush() is { Length: > 0 } rest ? rest : null;
    }

    private IReadOnlyList<IReadOnlyList<RnnGeneratedText>> Run(Prompt[] prompts, RnnGenerationOptions options, CancellationToken cancellationToken)
    {
        options.Validate(nameof(options));
        options = _texts.Adjust(options);
        if (prompts.Length == 0) return [];
        // All prompts of a call share a seed; each has a random stream of its own.
        if (options.Seed is null) options = options with { Seed = Random.Shared.Next() };
        return options.BeamWidth > 0
            ? [.. prompts.Select((prompt, i) => Search(prompt, i, options, cancellationToken))]
            : [.. prompts.Chunk(PromptsAtOnce).SelectMany((part, i) => Sample(part, Numbers(i * PromptsAtOnce, part.Length), options, cancellationToken))];

        static long[] Numbers(int first, int count) => [.. Enumerable.Range(first, count).Select(number => (long)number)];
    }

    /// <summary>Generates the best text of each prompt, which depends on the prompt and the seed alone: equal prompts have equal texts.</summary>
    /// <param name="texts">The prompts.</param>
    /// <param name="options">The options, with a seed.</param>
    internal IReadOnlyList<RnnGeneratedText> GenerateEach(IReadOnlyList<string> texts, RnnGenerationOptions options)
    {
        options = _texts.Adjust(options);
        Prompt[] prompts = [.. texts.Select(text => new Prompt(_texts, text, null))];
        if (options.BeamWidth > 0) return [.. prompts.Select(prompt => Search(prompt, 0, options, default)[0])];
        // Of the symbols, not of the characters: what the model reads alike has the same text.
        long[] streams = [.. prompts.Select(prompt => (long)XxHash64.HashToUInt64(MemoryMarshal.AsBytes<int>(prompt.Start.Prompt.ToArray())))];
        return [.. Sample(prompts, streams, options, default).Select(found => found[0])];
    }

    private IReadOnlyList<RnnGeneratedText>[] Sample(Prompt[] prompts, long[] streams, RnnGenerationOptions options, CancellationToken cancellationToken)
    {
        using INextSymbols rows = _model.Open(prompts.Length);
        var sampler = new SymbolSampler(rows, options, [.. prompts.Select(prompt => prompt.Start)], keepsStates: true, streams);
        TextRow[] texts = [.. prompts.Select(prompt => new TextRow(prompt.OpenText(options)))];
        while (sampler.Step(cancellationToken) is { Count: > 0 } step)
            foreach (GeneratedSymbol generated in step)
                if (texts[generated.Row].Add(generated)) sampler.Stop(generated.Row);
        return [.. texts.Select((text, i) => (IReadOnlyList<RnnGeneratedText>)[text.ToResult(_model.Codec, sampler.EndOf(i), sampler.Save(i))])];
    }

    private IReadOnlyList<RnnGeneratedText> Search(
        Prompt prompt, int number, RnnGenerationOptions options, CancellationToken cancellationToken)
    {
        using INextSymbols rows = _model.Open(1);
        Func<BeamPath, bool>? stops = options.StopSequences.Count == 0 ? null : prompt.OpenStops(options).Contains;
        return
        [
            .. new SymbolBeamSearch(rows, options).Find(prompt.Start, stops, cancellationToken, number).Select(sequence =>
                TextRow.Of(prompt.OpenText(options), sequence.Symbols, sequence.LogProbabilities)
                    .ToResult(_model.Codec, sequence.End, sequence.State!, sequence.Score)),
        ];
    }
}
