namespace MlNetRnn.Samples.Serving;

/// <summary>The models of the service.</summary>
internal sealed record ServedModels(TextModel Texts, TagModel Tags) : IDisposable
{
    public void Dispose()
    {
        Texts.Dispose();
        Tags.Dispose();
    }
}
