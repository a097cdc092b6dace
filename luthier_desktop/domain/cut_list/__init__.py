"""The cut list: what is cut, glued, sliced and bought for one rosette or for several."""
