/* expect: engine/magic is not a room of the house; the table stands in tools/layers.py */
