using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.LanguageModels;
using MlNetRnn.Sequences;
using MlNetRnn.Symbols;
using MlNetRnn.Translation;

namespace MlNetRnn.Fitting;

/// <summary>The columns of the pairs: source, target, and their languages.</summary>
/// <param name="Source">The source column.</param>
/// <param name="Target">The target column.</param>
/// <param name="Options">The options of the trainer.</param>
internal sealed record PairColumns(SourceColumn Source, SymbolColumn Target, RnnTranslationOptions Options)
{
    private const string LanguageRole = "language";

    /// <summary>Returns the columns of the training data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type.</exception>
    public static PairColumns Of(DataViewSchema schema, RnnTranslationOptions options)
    {
        SequenceKind kind = SequenceKinds.Of(schema, options.SourceColumnName, options.ColumnFrameSize).Kind;
        var result = new PairColumns(
            new SourceColumn(new SourceSpec(options.SourceColumnName, kind.Name, options.MaximumLength, options.FrameSize) { Regions = options.Regions }, kind),
            SymbolColumn.Of(schema, options.TargetColumnName),
            options);
        result.BindLanguages(schema);
        RefuseJoint(kind, result.Target.Kind, options);
        return result;
    }

    /// <summary>Validates the columns in the schema that an estimator will receive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type.</exception>
    public static void Check(SchemaShape schema, RnnTranslationOptions options)
    {
        SequenceKind kind = SequenceKinds.Check(schema, options.SourceColumnName, options.ColumnFrameSize);
        RefuseJoint(kind, SymbolColumn.Of(schema, options.TargetColumnName).Kind, options);
        if (options.Regions is { } regions) RegionReader.CheckBoxes(schema, regions);
        foreach (string? language in new[] { options.SourceLanguageColumnName, options.TargetLanguageColumnName })
            if (language is not null) TextColumn.Check(schema, LanguageRole, language);
    }

    /// <summary>The unit of the sources; null for frames.</summary>
    public RnnLanguageUnit? SourceUnit => Source.Kind.HasFrames ? null : Source.Kind.CutsText ? Options.Unit : RnnLanguageUnit.Whitespace;

    /// <summary>The unit of the targets.</summary>
    public RnnLanguageUnit TargetUnit => Target.UnitOf(Options.TargetUnit ?? Options.Unit);

    /// <summary>Returns the columns in a schema: source, target, source language and target language, where there are any.</summary>
    /// <param name="schema">The schema of the training data or of the validation data.</param>
    /// <param name="isValidation">Whether it is the schema of the validation data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type.</exception>
    public BoundPairColumns Bind(DataViewSchema schema, bool isValidation)
    {
        (DataViewSchema.Column? source, DataViewSchema.Column? target) = BindLanguages(schema);
        return new BoundPairColumns(
            isValidation ? Source.BindValidation(schema) : Source.Bind(schema),
            isValidation ? Target.BindValidation(schema) : Target.Bind(schema),
            source, target, Source.BindBoxes(schema));
    }

    /// <summary>Refuses texts and units in one vocabulary.</summary>
    private static void RefuseJoint(SequenceKind source, SequenceKind target, RnnTranslationOptions options)
    {
        if (options.JointVocabulary && source.CutsText != target.CutsText)
            throw SchemaMismatch.Mistyped(
                "input", options.TargetColumnName, $"{source.Description} as in column '{options.SourceColumnName}' for a joint vocabulary", target.Description,
                "Give both columns the same type, or set JointVocabulary to false.", "schema");
    }

    private (DataViewSchema.Column? Source, DataViewSchema.Column? Target) BindLanguages(DataViewSchema schema) => (
        Options.SourceLanguageColumnName is { } source ? TextColumn.Bind(schema, LanguageRole, source) : null,
        Options.TargetLanguageColumnName is { } target ? TextColumn.Bind(schema, LanguageRole, target) : null);
}

/// <summary>The columns of the pairs in a schema.</summary>
internal sealed record BoundPairColumns(
    DataViewSchema.Column Source, DataViewSchema.Column Target, DataViewSchema.Column? SourceLanguage, DataViewSchema.Column? TargetLanguage,
    DataViewSchema.Column? Boxes)
{
    public DataViewSchema.Column[] All =>
        [.. new DataViewSchema.Column?[] { Source, Target, SourceLanguage, TargetLanguage, Boxes }.OfType<DataViewSchema.Column>()];
}
