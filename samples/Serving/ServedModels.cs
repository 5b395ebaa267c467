namespace MlNetRnn.Samples.Serving;

/// <summary>What the service serves.</summary>
internal sealed record ServedModels(TextModel Texts, TagModel Tags) : IDisposable
{
    public void Dispose()
    {
        Texts.Dispose();
        Tags.Dispose();
    }
}
