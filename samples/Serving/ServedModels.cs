namespace MlNetRnn.Samples.Serving;

/// <summary>The models of the service.</summary>
internal sealed record ServedModels(TextModel Texts, TagModel Tags, WriterModel Writer, TranslatorModel Translator) : IDisposable
{
    /// <summary>All models.</summary>
    public IEnumerable<ServedModel> All => [Texts.Model, Tags.Model, Writer.Model, Translator.Model];

    public void Dispose()
    {
        Texts.Dispose();
        Tags.Dispose();
        Writer.Dispose();
        Translator.Dispose();
    }
}
