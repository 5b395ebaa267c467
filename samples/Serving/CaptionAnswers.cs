using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.ML.Data;
using MlNetRnn.Samples.Captioning;
using SkiaSharp;

namespace MlNetRnn.Samples.Serving;

/// <summary>The answers to /caption: the captions of an image, the best first, and their attention.</summary>
internal static class CaptionAnswers
{
    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="model">The model.</param>
    /// <param name="limits">The limits of images.</param>
    /// <param name="leaving">Canceled when the client leaves.</param>
    /// <exception cref="OperationCanceledException">The client has left.</exception>
    public static Results<Ok<Reply>, ProblemHttpResult> Of(CaptionRequest request, CaptionerModel model, ServiceLimits limits, CancellationToken leaving)
    {
        using MLImage? image = Decode(request.Image, limits, out string fault);
        if (image is null) return TypedResults.Problem(fault, statusCode: StatusCodes.Status400BadRequest);
        leaving.ThrowIfCancellationRequested();
        (ImageCaptioner captioner, ModelCard card) = model.OpenCaptioner();
        IReadOnlyList<RnnCaption> found = captioner.Caption(image, request.Options(captioner.Decoding), leaving);
        CaptionAnswer[] captions = [.. found.Select(one => Answer(one, request.Attention))];
        return TypedResults.Ok(new Reply(card.ShortVersion, [new CaptionsAnswer(captions, request.Attention ? [.. found[0].Boxes.Select(Rounded)] : null)]));
    }

    private static MLImage? Decode(MemoryStream file, ServiceLimits limits, out string fault)
    {
        if (file.Length == 0)
        {
            fault = $"expected an image ({DecodedImage.Kinds}), got an empty body";
            return null;
        }
        file.Position = 0;
        using SKBitmap? bitmap = DecodedImage.Decode(file, limits.Pixels, out fault);
        return bitmap is null ? null : MLImage.CreateFromPixels(bitmap.Width, bitmap.Height, MLPixelFormat.Rgba32, bitmap.GetPixelSpan());
    }

    private static CaptionAnswer Answer(RnnCaption found, bool hasAttention) =>
        new(found.Text, found.Score, $"{found.End}", found.Symbols, hasAttention ? RoundedWeights.Of(found.Attention) : null);

    private static RnnRegionBox Rounded(RnnRegionBox box) =>
        new(RoundedWeights.Round(box.Left), RoundedWeights.Round(box.Top), RoundedWeights.Round(box.Width), RoundedWeights.Round(box.Height));
}

/// <summary>The captions of an image.</summary>
/// <param name="Captions">The captions, the best first.</param>
/// <param name="Boxes">The box of each region, as shares of the image, rounded; empty for a model without attention.</param>
internal sealed record CaptionsAnswer(
    IReadOnlyList<CaptionAnswer> Captions,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<RnnRegionBox>? Boxes);

/// <summary>A caption.</summary>
/// <param name="Text">The text.</param>
/// <param name="Score">Its log-probability, with the penalties of the beam search.</param>
/// <param name="End">Why it ends: DocumentEnd if it is complete.</param>
/// <param name="Symbols">Its symbols; an empty text for the end.</param>
/// <param name="Attention">For each symbol the weight of each region, rounded; empty for a model without attention.</param>
internal sealed record CaptionAnswer(
    string Text,
    double Score,
    string End,
    IReadOnlyList<string> Symbols,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<float[]>? Attention);
