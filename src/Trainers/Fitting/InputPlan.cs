using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Batching;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Model;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using MlNetRnn.Tokenization;

namespace MlNetRnn.Fitting;

/// <summary>The input of a network: which columns, how they are read, and the layer that takes them in.</summary>
/// <param name="options">What the user wants.</param>
/// <param name="target">What is learned.</param>
internal sealed class InputPlan(RnnSequenceOptions options, FittingTarget target)
{
    public void Check(SchemaShape input)
    {
        SequenceKind main = SequenceKinds.Check(input, options.InputColumnName, options.FrameSize);
        if (options.OffsetsColumnName is not null) SequenceKinds.RequireText(main, options.InputColumnName, nameof(input));
        foreach (RnnAdditionalColumnOptions additional in target.AdditionalColumns) SequenceKinds.CheckAdditional(input, additional.ColumnName, additional.FrameSize);
    }

    /// <summary>The columns of the training data, the main one first, and how they are read.</summary>
    /// <param name="schema">Of the training data.</param>
    /// <param name="start">How the model reads that training goes on from; its words are those of its rules. Null for a new model.</param>
    public (DataViewSchema.Column[] Columns, ExampleReading Reading) Bind(DataViewSchema schema, SequenceReading? start)
    {
        (DataViewSchema.Column Column, SequenceKind Kind) main = SequenceKinds.Of(schema, options.InputColumnName, options.FrameSize);
        if (options.OffsetsColumnName is not null) SequenceKinds.RequireText(main.Kind, options.InputColumnName, nameof(schema));
        var reading = new SequenceReading
        {
            Kind = main.Kind.Name,
            Tokenization = options.Text.Tokenization,
            WordRules = main.Kind.CutsText && options.Text.Tokenization == RnnTokenization.Word ? start is null ? WordTokenizer.CurrentRules : Math.Max(1, start.WordRules) : 0,
            LowerCase = options.Text.LowerCase && !main.Kind.KeepsCase,
            MaximumLength = options.Text.MaximumLength,
            WordBigrams = options.Text.WordBigrams,
            FrameSize = options.FrameSize,
        };
        var additional = target.AdditionalColumns.Select(column => (Bound: SequenceKinds.OfAdditional(schema, column.ColumnName, column.FrameSize), Options: column)).ToArray();
        SequenceInput[] inputs =
        [
            new(main.Column.Name, main.Kind, reading),
            .. additional.Select(f => new SequenceInput(
                f.Bound.Column.Name,
                f.Bound.Kind,
                new SequenceReading { Kind = f.Bound.Kind.Name, MaximumLength = reading.MaximumLength, FrameSize = f.Options.FrameSize })),
        ];
        return ([main.Column, .. additional.Select(f => f.Bound.Column)], new ExampleReading(inputs, target.Characters is not null, target.IsPerStep));
    }

    /// <summary>The layer that takes the columns in.</summary>
    public InputLayer Create(ParameterSet parameters, TrainingData data, ModelWords words, WordVectors? vectors, int threads, IChannel channel)
    {
        var parts = new List<InputLayer> { CreateMain(parameters, data, words, vectors, channel) };
        if (target.Characters is { } network) parts.Add(new CharacterInput(parameters, words.Characters!.Characters.Count, network, threads));
        for (int i = 0; i < target.AdditionalColumns.Count; i++) parts.Add(CreateAdditional(parameters, data, words, target.AdditionalColumns[i], i + 1, channel));
        return parts.Count == 1 ? parts[0] : new JoinedInput(parts);
    }

    private InputLayer CreateMain(ParameterSet parameters, TrainingData data, ModelWords words, WordVectors? vectors, IChannel channel)
    {
        if (options.FrameSize > 0) return Frames(parameters, data.Training.Sequences, data.TrainingRows, 0, options.InputColumnName, channel);
        var embedder = new Embedder(parameters, words.Main.Count, options.Encoder, options.Text.FreezeVectors, Singletons(data, words.Main.Count));
        foreach ((int token, float[] vector) in vectors?.Vectors ?? new Dictionary<int, float[]>()) embedder.Set(token, vector);
        return embedder;
    }

    private InputLayer CreateAdditional(ParameterSet parameters, TrainingData data, ModelWords words, RnnAdditionalColumnOptions column, int number, IChannel channel)
    {
        if (column.FrameSize > 0) return Frames(parameters, data.Training.Additional[number - 1], data.TrainingRows, number, column.ColumnName, channel);
        string input = NetworkSignature.OfColumn(NetworkSignature.Tokens, number);
        return new Embedder(parameters, new EmbedderSetup($"embedding.{number}", input, number, words.Additional[number - 1].Count, column.EmbeddingSize));
    }

    private static FrameInput Frames(ParameterSet parameters, SequenceStore store, int[] rows, int column, string name, IChannel channel)
    {
        FrameStatistics statistics = FrameStatistics.Of(store, rows);
        statistics.Report(name, channel);
        return new FrameInput(parameters, statistics.Mean, statistics.Deviation, statistics.Limit, column);
    }

    /// <summary>With which probability each word is read as unknown because it occurs only once; null for never.</summary>
    private float[]? Singletons(TrainingData data, int tokens)
    {
        if (target.SingletonDropout == 0) return null;
        var counts = new int[tokens];
        foreach (int row in data.TrainingRows)
            foreach (int token in data.Training.Sequences[row]) counts[token]++;
        return Array.ConvertAll(counts, count => count == 1 ? target.SingletonDropout : 0);
    }
}
