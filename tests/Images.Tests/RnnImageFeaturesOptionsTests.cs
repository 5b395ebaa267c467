using Microsoft.ML;
using Microsoft.ML.Transforms.Image;

namespace MlNetRnn.Images.Tests;

public class RnnImageFeaturesOptionsTests : ImageCase
{
    [Fact]
    public void All_errors_are_reported_together()
    {
        var options = new RnnImageFeaturesOptions
        {
            ImageColumnName = "",
            VectorColumnName = null,
            GridColumnName = null,
            Resizing = (ImageResizingEstimator.ResizingKind)9,
            CacheFolder = "",
        };
        AssertThrows.With<ArgumentException>(
            () => _ml.Transforms.RnnImageFeatures(options),
            "RnnImageFeaturesOptions: 4 invalid option(s):",
            "ImageColumnName: expected the name of a column",
            "VectorColumnName and GridColumnName: expected at least one name",
            "Resizing: expected a named value, got 9",
            "CacheFolder: expected a folder or null");
        AssertThrows.With<ArgumentException>(() => _ml.Transforms.RnnImageFeatures("A", "A"), "expected different names, got 'A' for both");
        AssertThrows.With<ArgumentException>(() => _ml.Transforms.RnnImageFeatures("", null), "VectorColumnName: expected the name of a column or null");
    }
}
