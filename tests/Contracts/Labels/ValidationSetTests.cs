using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>A validation set must be prepared in the same way as the training data.</summary>
public class ValidationSetTests : LabelCase
{
    [Fact]
    public void A_validation_set_with_other_keys_is_refused()
    {
        IDataView training = _ml.MapToKeys(Data(["late", "double"])), validation = _ml.MapToKeys(Data(["double", "late"]));
        AssertRefused(training, validation, "validation label column 'Label'", "fitted on the training data");
    }

    [Fact]
    public void A_validation_set_that_was_not_transformed_is_refused_with_the_name_of_the_column()
    {
        IDataView data = Data(["late", "double"]), training = _ml.MapToKeys(data);
        const string Advice = "Pass the validation rows through the transforms that were fitted on the training data.";
        AssertRefused(training, data, "validation label column 'Label'", Advice);
        AssertRefused(training, _ml.DropColumn(training, "Label"), "validation label column 'Label'", Advice);
        AssertRefused(training, _ml.DropColumn(training, "Text"), "validation input column 'Text'", Advice);
    }

    private void AssertRefused(IDataView training, IDataView validation, params string[] named)
    {
        RnnTextClassificationOptions options = RnnTextClassificationContract.Tiny;
        options = options with { Training = options.Training with { ValidationSet = validation } };
        AssertThrows.With<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(training), named);
    }
}
