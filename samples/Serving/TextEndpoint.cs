namespace MlNetRnn.Samples.Serving;

/// <summary>Reads texts, waits for a place, has them scored, and answers.</summary>
/// <param name="limits">How much may be asked.</param>
/// <param name="admission">How many at once.</param>
/// <param name="mayExplain">Whether words may be explained.</param>
/// <param name="answer">Scores.</param>
internal sealed class TextEndpoint(ServiceLimits limits, Admission admission, bool mayExplain, Func<TextsRequest, Reply> answer)
{
    public async Task Handle(HttpContext context)
    {
        TextsRequest request = TextsRequest.Parse(await RequestBody.Read(context.Request, limits), limits, mayExplain);
        Reply reply;
        // A place is held while texts are scored, and no longer: whoever sends or reads slowly keeps nobody waiting.
        using (await admission.Enter(context.RequestAborted)) reply = answer(request);
        await context.Response.WriteAsJsonAsync(reply, ServiceJson.Options, context.RequestAborted);
    }
}
