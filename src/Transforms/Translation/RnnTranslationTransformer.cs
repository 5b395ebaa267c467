using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Model;
using MlNetRnn.Sequences;
using MlNetRnn.Translation;

namespace MlNetRnn;

/// <summary>
/// A trained translation model as an ML.NET transformer: it adds the translation of each row. <c>mlContext.Rnn().CreateTranslator(model)</c> translates single
/// texts, streams, and scores given pairs. The trainers of MlNetRnn.Trainers create it, or <c>mlContext.Model.Load</c> loads it; it needs only
/// MlNetRnn.Transforms.
/// </summary>
/// <remarks>Immutable and thread-safe: any number of threads can use it at once. Empty and missing sources are translated, too.</remarks>
public sealed class RnnTranslationTransformer : ITransformer, IBlockTransform, INativeModel, IModel<RnnTranslationTransformer>
{
    private readonly TranslationOutput[] _outputs;

    internal RnnTranslationTransformer(TranslationSpec spec, TranslationModel model)
    {
        (Spec, Model) = (spec, model);
        spec.Decoding.Validate("decoding", spec.HasAttention);
        _outputs = TranslationOutput.Of(spec.Columns, spec.StateSize);
        Source = SourceColumn.Of(spec.Source);
        Tags = new LanguageTags(spec.Languages, model.Source?.Count ?? 0);
        Texts = new TranslationTexts(model, Tags);
    }

    internal TranslationSpec Spec { get; }

    internal TranslationModel Model { get; }

    internal SourceColumn Source { get; }

    internal LanguageTags Tags { get; }

    internal TranslationTexts Texts { get; }

    /// <summary>The column that holds the sources.</summary>
    public string SourceColumnName => Spec.Source.Column;

    /// <summary>The column that the translations are written to.</summary>
    public string TranslationColumnName => Spec.Columns.Translation;

    /// <summary>How translations are found.</summary>
    public RnnTranslationDecodingOptions Decoding => Spec.Decoding;

    /// <summary>The source languages of the training data; empty for a model of one pair of languages.</summary>
    public IReadOnlyList<string> SourceLanguages => Spec.Languages?.Sources ?? [];

    /// <summary>The languages that the model translates to; empty for a model of one pair of languages.</summary>
    public IReadOnlyList<string> TargetLanguages => Spec.Languages?.Targets ?? [];

    /// <summary>The text of each target symbol, in the order of the numbers that a <see cref="RnnSymbolConstraint"/> receives.</summary>
    public IReadOnlyList<string> Symbols => [.. Enumerable.Range(0, Model.Target.Count).Select(Model.Target.TextOf)];

    /// <summary>Whether the weights of the network are quantized to 8-bit integers.</summary>
    public bool IsQuantized => Spec.IsQuantized;

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>The options for a transformer, whose results must not change from one reading of a row to the next.</summary>
    internal RnnTranslationDecodingOptions RepeatableDecoding => Decoding.Seed is null ? Decoding with { Seed = 0 } : Decoding;

    static string IModel<RnnTranslationTransformer>.LoaderName => ModelParts.TranslationLoaderName;

    /// <summary>Returns a transformer with the same model that finds translations in another way.</summary>
    /// <param name="decoding">The options.</param>
    /// <exception cref="ArgumentException">One or more options are not valid.</exception>
    public RnnTranslationTransformer WithDecoding(RnnTranslationDecodingOptions decoding)
    {
        ArgumentNullException.ThrowIfNull(decoding);
        decoding.Validate(nameof(decoding), Spec.HasAttention);
        return new RnnTranslationTransformer(Spec with { Decoding = decoding }, Model);
    }

    /// <summary>Returns the schema of the transformed data: all input columns and the columns that the model adds.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type than in training.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new RowMapper(this, inputSchema).OutputSchema;

    /// <summary>Adds the model's columns to the data. Nothing is computed before the result is read.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type than in training.</exception>
    public IDataView Transform(IDataView input) => new BatchedView(new RowMapper(this, input.Schema), input);

    /// <summary>
    /// Writes the network as two ONNX graphs: <c>NAME.encoder.onnx</c> reads a source, <c>NAME.step.onnx</c> predicts the next target symbol, with its state as
    /// inputs and outputs. A third file, <c>NAME.translation.json</c>, describes the inputs and outputs, the loop, and the symbols.
    /// </summary>
    /// <param name="path">The path with NAME and any extension, which is replaced.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void SaveAsOnnx(string path) => TranslationExport.Write(this, path);

    /// <summary>Returns the kind of the model and the numbers of its symbols.</summary>
    public override string ToString() =>
        $"Translation of '{SourceColumnName}' ({Model.Description}, {Model.Target.Count} target symbols: {Model.Target.Unit}"
        + $"{(IsQuantized ? ", 8-bit weights" : "")})";

    void INativeModel.Open() => Model.Prepare();

    void INativeModel.Close() => Model.Release();

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new RowMapper(this, inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ModelParts.Save(ctx, ModelParts.TranslationLoaderName, TranslationSaving.ToParts(this));

    static RnnTranslationTransformer IModel<RnnTranslationTransformer>.FromParts(
        IHostEnvironment environment, IReadOnlyDictionary<string, byte[]> parts) =>
        TranslationSaving.FromParts(parts, RnnModel.GpuOf(environment));

    string IBlockTransform.OnnxRefusal =>
        $"ConvertToOnnx: expected transforms that ML.NET can write as ONNX, got a translation model ({this}), which ML.NET does not support. "
        + "Take the RnnTranslationTransformer out of the chain and call its SaveAsOnnx.";

    IReadOnlyList<DataViewSchema.Column> IBlockTransform.BindInputs(DataViewSchema schema) =>
        [
            Source.Bind(schema), .. Source.BindBoxes(schema) is { } boxes ? [boxes] : Array.Empty<DataViewSchema.Column>(),
            .. Spec.Languages is { } languages ? LanguageColumns.Bind(schema, languages) : [],
        ];

    IReadOnlyList<DataViewSchema.DetachedColumn> IBlockTransform.OutputColumns(DataViewSchema schema) =>
        [.. _outputs.Select(output => new DataViewSchema.DetachedColumn(output.Name, output.Type))];

    IRowBlock IBlockTransform.CreateBlock(DataViewRow source, IReadOnlyList<DataViewSchema.Column> inputs)
    {
        var sources = new SourceSet(new SequenceStore(Spec.Source.FrameSize, keepTexts: Decoding.ReplaceUnknown));
        (int Source, int Target) languages = default;
        Func<int> read = Source.OpenReader(source, inputs[0], Model.Source, sources.Sequences, () => Tags.TagOf(languages.Target));
        Func<(int, int)>? readLanguages = Spec.Languages is { } spec ? LanguageColumns.OpenReader(source, inputs.Skip(1), spec) : null;
        return new TranslationBlock(this, _outputs, sources, () =>
        {
            if (readLanguages is not null) languages = readLanguages();
            read();
            if (readLanguages is not null) sources.SetLanguages(languages.Source, languages.Target);
        });
    }
}
