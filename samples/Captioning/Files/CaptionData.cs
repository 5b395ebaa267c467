namespace MlNetRnn.Samples.Captioning;

/// <summary>The images of the user with their features and captions.</summary>
/// <param name="Train">The training images.</param>
/// <param name="Validation">The images that select the best epoch.</param>
/// <param name="Test">The images on which the model is measured.</param>
/// <param name="MeasuredOn">A description of the test images.</param>
internal sealed record CaptionData(CaptionedImage[] Train, CaptionedImage[] Validation, CaptionedImage[] Test, string MeasuredOn)
{
    private const int LeastImages = 2, HeldOutOf = 10;

    /// <summary>Reads all files, so that every error in them is found before the training, and computes the features of the images.</summary>
    /// <param name="images">The images.</param>
    /// <param name="train">The training captions.</param>
    /// <param name="validation">The validation captions; null if a tenth of the training images is held out.</param>
    /// <param name="test">The test captions; null for the validation images.</param>
    /// <param name="isLowerCase">Whether captions become lowercase.</param>
    /// <param name="features">Computes features.</param>
    /// <exception cref="FileException">A file cannot be used.</exception>
    /// <exception cref="FormatException">A line of a file cannot be used.</exception>
    public static CaptionData Read(
        UserImages images, CaptionFile train, CaptionFile? validation, CaptionFile? test, bool isLowerCase, ImageFeatures features)
    {
        IReadOnlyList<UserImage> forTraining = images.Read(train, isLowerCase);
        IReadOnlyList<UserImage>? forValidation = validation is null ? null : images.Read(validation, isLowerCase);
        IReadOnlyList<UserImage>? forTest = test is null ? null : images.Read(test, isLowerCase);
        images.ReportUncaptioned();
        string held = validation?.Name ?? $"a tenth of the images of {train.Name}, held out";
        if (forValidation is null) (forTraining, forValidation) = Divide(forTraining, train.Name);
        foreach ((CaptionFile? file, IReadOnlyList<UserImage>? others) in new[] { (validation, forValidation), (test, forTest) })
            if (file is not null && others is not null) WarnOfCommon(file, others, forTraining);

        CaptionedImage[] ofValidation = features.Of(forValidation);
        return new CaptionData(
            features.Of(forTraining), ofValidation, forTest is null ? ofValidation : features.Of(forTest),
            test?.Name ?? $"{held}, which also chose the best epoch");
    }

    /// <summary>Holds out images, not captions: another caption of the same image would be known.</summary>
    private static (IReadOnlyList<UserImage> Train, IReadOnlyList<UserImage> Held) Divide(IReadOnlyList<UserImage> images, string name)
    {
        if (images.Count < LeastImages)
            throw new FileException($"{name}: expected at least {LeastImages} images, because a tenth of them is held out without --validation-captions, got "
                + $"{images.Count}. Give --validation-captions.");
        UserImage[] shuffled = [.. images];
        new Random(1).Shuffle(shuffled);
        int held = Math.Max(1, images.Count / HeldOutOf);
        return (shuffled[held..], shuffled[..held]);
    }

    private static void WarnOfCommon(CaptionFile file, IReadOnlyList<UserImage> images, IReadOnlyList<UserImage> train)
    {
        string[] common = [.. images.Select(image => image.Name).Intersect(train.Select(image => image.Name))];
        if (common.Length > 0)
            Console.WriteLine($"warning: {file.Name}: {OneLine.Count(common.Length, "images")} also used for training: {OneLine.First(common)}");
    }
}
