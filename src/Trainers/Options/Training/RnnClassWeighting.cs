using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>How much the rows of each class count while a network learns.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RnnClassWeighting>))]
public enum RnnClassWeighting
{
    /// <summary>All rows count the same, so that a frequent class counts more than a rare one. The default.</summary>
    None,

    /// <summary>All classes count the same: a row counts n/(K·n_k), with n rows, K classes that occur and n_k rows of its class.</summary>
    Balanced,

    /// <summary>As the option <c>ClassWeights</c> says.</summary>
    Given,
}
