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

/// <summary>The input of a network: its columns, how they are read, and the input layer.</summary>
/// <param name="options">The options of the trainer.</param>
/// <param name="target">The part that depends on the task.</param>
internal sealed class InputPlan(RnnSequenceOptions options, FittingTarget target)
{
    /// <summary>Validates the input columns in the schema that an estimator will receive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    public void Check(SchemaShape input)
    {
        SequenceKind main = SequenceKinds.Check(input, options.InputColumnName, options.FrameSize, options.Grid is not null);
        if (options.Grid?.SizeColumn is { } size) GridSizeColumn.Check(input, size);
        if (options.OffsetsColumnName is not null) SequenceKinds.RequireText(main, options.InputColumnName, nameof(input));
        foreach (RnnAdditionalColumnOptions additional in target.AdditionalColumns)
            SequenceKinds.CheckAdditional(input, additional.ColumnName, additional.FrameSize);
    }

    /// <summary>Returns the columns of the training data, the main one first, and how they are read.</summary>
    /// <param name="schema">The schema of the training data.</param>
    /// <param name="start">The reading of the model that training continues from, whose tokenizer rules stay; null for a new model.</param>
    public (DataViewSchema.Column[] Columns, ExampleReading Reading) Bind(DataViewSchema schema, SequenceReading? start)
    {
        (DataViewSchema.Column Column, SequenceKind Kind) main = SequenceKinds.Of(schema, options.InputColumnName, options.FrameSize, options.Grid is not null);
        if (options.OffsetsColumnName is not null) SequenceKinds.RequireText(main.Kind, options.InputColumnName, nameof(schema));
        var reading = new SequenceReading
        {
            Kind = main.Kind.Name,
            Tokenization = options.Text.Tokenization,
            WordRules = !main.Kind.CutsText || options.Text.Tokenization != RnnTokenization.Word ? 0
                : start is null ? WordTokenizer.CurrentRules
                : Math.Max(1, start.WordRules),
            LowerCase = options.Text.LowerCase && !main.Kind.KeepsCase,
            MaximumLength = options.Text.MaximumLength,
            WordBigrams = options.Text.WordBigrams,
            FrameSize = options.FrameSize,
            Grid = options.Grid,
        };
        main.Kind.Check(main.Column, reading);
        DataViewSchema.Column[] columns = [main.Column, .. new DataViewSchema.Column[target.AdditionalColumns.Count]];
        SequenceInput[] inputs = [new(main.Column.Name, main.Kind, reading), .. new SequenceInput[target.AdditionalColumns.Count]];
        for (int i = 1; i < columns.Length; i++)
        {
            RnnAdditionalColumnOptions additional = target.AdditionalColumns[i - 1];
            (columns[i], SequenceKind kind) = SequenceKinds.OfAdditional(schema, additional.ColumnName, additional.FrameSize);
            var own = new SequenceReading { Kind = kind.Name, MaximumLength = reading.MaximumLength, FrameSize = additional.FrameSize };
            inputs[i] = new SequenceInput(additional.ColumnName, kind, own);
        }
        return ([.. columns, .. SequenceKinds.Companions(schema, inputs)], new ExampleReading(inputs, target.Characters is not null, target.Label.IsPerStep));
    }

    /// <summary>Creates the input layer.</summary>
    public InputLayer Create(ParameterSet parameters, TrainingData data, ModelWords words, WordVectors? vectors, int threads, IChannel channel)
    {
        var parts = new List<InputLayer> { CreateMain(parameters, data, words, vectors, channel) };
        if (target.Characters is { } network) parts.Add(new CharacterInput(parameters, words.Characters!.Characters.Count, network, threads));
        for (int i = 0; i < target.AdditionalColumns.Count; i++)
            parts.Add(CreateAdditional(parameters, data, words, target.AdditionalColumns[i], i + 1, channel));
        return parts.Count == 1 ? parts[0] : new JoinedInput(parts);
    }

    private InputLayer CreateMain(ParameterSet parameters, TrainingData data, ModelWords words, WordVectors? vectors, IChannel channel)
    {
        if (options.FrameSize > 0) return Frames(parameters, data.Training.Sequences, data.TrainingRows, 0, options.InputColumnName, channel);
        var embedder = new Embedder(parameters, words.Main.Count, options.Encoder, options.Text.FreezeVectors, Singletons(data, words.Main.Count));
        foreach ((int token, float[] vector) in vectors?.Vectors ?? new Dictionary<int, float[]>()) embedder.Set(token, vector);
        return embedder;
    }

    private static InputLayer CreateAdditional(
        ParameterSet parameters, TrainingData data, ModelWords words, RnnAdditionalColumnOptions column, int number, IChannel channel)
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

    /// <summary>Returns the probability of reading each word as unknown because it occurs only once; null for never.</summary>
    private float[]? Singletons(TrainingData data, int tokens)
    {
        if (target.SingletonDropout == 0) return null;
        var counts = new int[tokens];
        foreach (int row in data.TrainingRows)
            foreach (int token in data.Training.Sequences[row]) counts[token]++;
        return Array.ConvertAll(counts, count => count == 1 ? target.SingletonDropout : 0);
    }
}
