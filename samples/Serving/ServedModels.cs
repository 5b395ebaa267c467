namespace MlNetRnn.Samples.Serving;

/// <summary>The models of the service.</summary>
internal sealed record ServedModels(TextModel Texts, TagModel Tags, WriterModel Writer, TranslatorModel Translator, CaptionerModel Captioner)
    : IDisposable
{
    /// <summary>All models.</summary>
    public IEnumerable<ServedModel> All => [Texts.Model, Tags.Model, Writer.Model, Translator.Model, Captioner.Model];

    public void Dispose()
    {
        Texts.Dispose();
        Tags.Dispose();
        Writer.Dispose();
        Translator.Dispose();
        Captioner.Dispose();
    }
}
